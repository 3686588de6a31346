import { readFile } from 'node:fs/promises';
import type { Input } from './inputLines.ts';

/** What the command line says about settings. */
export interface SettingsSource {
  /** A file, or `-` for standard input. */
  readonly config: string | undefined;
  /** Standard input stays open as long as the program runs, so the settings on it are one line. */
  readonly exitWithStdin: boolean;
}

const parse = (what: string, text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`${what} is no JSON: ${(error as Error).message}.`, { cause: error });
  }
};

const readText = async (file: string): Promise<string> => {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new Error(`Configuration file '${file}' cannot be read: ${(error as Error).message}.`, {
      cause: error,
    });
  }
};

/**
 * The settings of the file or of standard input, checked by `read`, which is told what to call them; undefined when
 * there are none.
 *
 * @throws Error with one sentence about what is wrong.
 */
export const readSettings = async <Config>(
  { config, exitWithStdin }: SettingsSource,
  input: Input,
  read: (what: string, value: unknown) => Config,
): Promise<Config | undefined> => {
  if (config === undefined) return undefined;
  if (config !== '-') {
    const what = `Configuration file '${config}'`;
    return read(what, parse(what, await readText(config)));
  }
  const what = 'The configuration on standard input';
  return read(what, parse(what, await (exitWithStdin ? input.firstLine() : input.all())));
};

/** @throws Error when the text of a flag is no number. */
export const numberOf = (flag: string, text: string): number => {
  if (!/^\d+$/.test(text)) throw new Error(`Flag --${flag} wants a number, not '${text}'.`);
  return Number(text);
};
