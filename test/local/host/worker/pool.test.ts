import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { HostOptions } from '../../../../local/host/options.ts';
import { lastingApp } from '../support/apps.ts';
import { temporaryApp, temporaryFolder } from '../support/folders.ts';
import { startTestHost, type TestHost } from '../../../support/hosts.ts';

let host: TestHost | undefined;
let notes = '';
afterEach(() => host?.stop());

const start = async (options: Partial<HostOptions> = {}): Promise<TestHost> => {
  notes = join(await temporaryFolder(), 'notes');
  await writeFile(notes, '');
  const settings = { NOTES: notes, ...options.settings };
  host = await startTestHost({ app: lastingApp, workers: 2, ...options, settings });
  return host;
};

interface Called {
  readonly pid: number;
  readonly calls: number;
}

const calls = async ({ call }: TestHost, times: number): Promise<Called[]> => {
  const answers: Called[] = [];
  while (answers.length < times) answers.push((await call('/api/calls')).body as Called);
  return answers;
};

const notesOf = async (): Promise<string[]> => (await readFile(notes, 'utf8')).trim().split('\n');

describe('two worker processes', () => {
  let shared: TestHost;
  beforeAll(async () => {
    const folder = await mkdtemp(join(tmpdir(), 'local-host-'));
    notes = join(folder, 'notes');
    await writeFile(notes, '');
    shared = await startTestHost({ app: lastingApp, settings: { NOTES: notes }, workers: 2, skipTime: true });
    return async () => {
      await shared.stop();
      expect((await notesOf()).at(-1)).toBe('terminated');
      await rm(folder, { recursive: true });
    };
  });

  const run = async (name: string): Promise<unknown> => {
    await shared.api('POST', `orchestrators/${name}/${name}`);
    await shared.control.whenIdle();
    return (await shared.status(name))['output'];
  };

  it('take turns and share no memory', async () => {
    const answers = await calls(shared, 4);
    expect(new Set(answers.map(({ pid }) => pid)).size).toBe(2);
    expect(answers.map((answer) => answer.calls)).toEqual([1, 1, 2, 2]);
  });

  it('tell their processor time', async () => {
    const { workersCpuMs } = await shared.control.report();
    expect(workersCpuMs).toBeGreaterThan(0);
  });

  it('have the time of the host', async () => {
    const { engine, activity } = (await run('Later')) as Record<string, string>;
    expect(activity?.slice(0, 13)).toBe(engine?.slice(0, 13));
    expect(Date.parse(activity ?? '')).toBeGreaterThan(performance.timeOrigin + 86_000_000);
  });

  it('that die lose their HTTP calls and are replaced', async () => {
    expect((await shared.call('/api/exit')).status).toBe(500);
    await expect.poll(async () => (await calls(shared, 2)).some((answer) => answer.calls === 1)).toBe(true);
  });

  it('that die have their activities run again', async () => {
    expect(await run('Exits')).toBe(2);
    expect(new Set((await notesOf()).filter((line) => line.startsWith('Exits-'))).size).toBe(2);
  });

  it('that die have their turns run again', async () => {
    expect(await run('ExitsItself')).toBe('after');
  });
});

describe('worker processes', () => {
  it('are as many as FUNCTIONS_WORKER_PROCESS_COUNT says', async () => {
    notes = join(await temporaryFolder(), 'notes');
    const settings = { NOTES: notes, FUNCTIONS_WORKER_PROCESS_COUNT: '2' };
    host = await startTestHost({ app: lastingApp, settings });
    expect(new Set((await calls(host, 4)).map(({ pid }) => pid)).size).toBe(2);
  });

  it('are killed with a function that takes too long', async () => {
    const settings = { AzureFunctionsJobHost__functionTimeout: '00:00:01' };
    const impatient = await start({ workers: 1, settings });
    const [before] = await calls(impatient, 1);
    expect((await impatient.call('/api/endless')).status).toBe(500);
    await expect.poll(async () => (await calls(impatient, 1))[0]?.pid ?? before?.pid).not.toBe(before?.pid);
    const text = 'Timeout value of 00:00:01 was exceeded by function: Functions.endless';
    expect(impatient.lines.some((line) => line.includes(text))).toBe(true);
  });

  it('say why an app cannot be loaded', async () => {
    const app = await temporaryApp({
      'host.json': { version: '2.0' },
      'package.json': { main: 'a.js' },
      'a.js': 'throw new Error("no good");',
    });
    await expect(startTestHost({ app, workers: 2 })).rejects.toThrow('no good');
  });
});
