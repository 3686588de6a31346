import type { Terminal } from '../../cli/terminal.ts';

/** A terminal of tests: what was written, and what the person answers. */
export interface ScriptedTerminal extends Terminal {
  readonly written: string[];
  readonly noted: string[];
}

/** @param overrides of a terminal that nobody sits at and that has no width. */
export const scriptedTerminal = (overrides: Partial<Terminal> = {}): ScriptedTerminal => {
  const written: string[] = [];
  const noted: string[] = [];
  return {
    write: (line) => void written.push(line),
    writeBytes: (bytes) => void written.push(Buffer.from(bytes).toString('utf8')),
    note: (line) => void noted.push(line),
    width: undefined,
    colors: false,
    asks: false,
    showsProgress: false,
    ask: async () => '',
    readInput: async () => Buffer.alloc(0),
    readFile: async (path) => {
      throw new Error(`The test has no file ${path}.`);
    },
    writeFile: async () => undefined,
    takeInterrupts: () => new AbortController().signal,
    now: () => Date.parse('2026-11-24T06:00:00Z'),
    wait: async () => undefined,
    environment: {},
    ...overrides,
    written,
    noted,
  };
};
