import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { HostOptions } from '../../../../local/host/options.ts';
import { lastingApp } from '../support/apps.ts';
import { temporaryApp, temporaryFolder } from '../support/folders.ts';
import { startTestHost, type TestHost } from '../support/hosts.ts';

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

describe('worker processes', () => {
  it('take turns and share no memory', async () => {
    const answers = await calls(await start(), 4);
    expect(new Set(answers.map(({ pid }) => pid)).size).toBe(2);
    expect(answers.map((answer) => answer.calls)).toEqual([1, 1, 2, 2]);
  });

  it('are as many as FUNCTIONS_WORKER_PROCESS_COUNT says', async () => {
    notes = join(await temporaryFolder(), 'notes');
    const settings = { NOTES: notes, FUNCTIONS_WORKER_PROCESS_COUNT: '3' };
    host = await startTestHost({ app: lastingApp, settings });
    expect(new Set((await calls(host, 6)).map(({ pid }) => pid)).size).toBe(3);
  });

  it('that die lose their HTTP calls and are replaced', async () => {
    const dying = await start({ workers: 1 });
    const [before] = await calls(dying, 1);
    expect((await dying.call('/api/exit')).status).toBe(500);
    const [after] = await calls(dying, 1);
    expect(after?.calls).toBe(1);
    expect(after?.pid).not.toBe(before?.pid);
  });

  it('that die have their activities run again', async () => {
    const dying = await start();
    await dying.api('POST', 'orchestrators/Exits/exits');
    await dying.control.whenIdle();
    expect((await dying.status('exits'))['output']).toBe(2);
    expect(new Set(await notesOf()).size).toBe(2);
  });

  it('that die have their turns run again', async () => {
    const dying = await start();
    await dying.api('POST', 'orchestrators/ExitsItself/itself');
    await dying.control.whenIdle();
    expect((await dying.status('itself'))['output']).toBe('after');
  });

  it('have the time of the host', async () => {
    const skipping = await start({ skipTime: true });
    await skipping.api('POST', 'orchestrators/Later/later');
    await skipping.control.whenIdle();
    const { engine, activity } = (await skipping.status('later'))['output'] as Record<string, string>;
    expect(activity?.slice(0, 13)).toBe(engine?.slice(0, 13));
    expect(Date.parse(activity ?? '')).toBeGreaterThan(performance.timeOrigin + 86_000_000);
  });

  it('are killed with a function that takes too long', async () => {
    const settings = { AzureFunctionsJobHost__functionTimeout: '00:00:01' };
    const impatient = await start({ workers: 1, settings });
    const [before] = await calls(impatient, 1);
    expect((await impatient.call('/api/endless')).status).toBe(500);
    const [after] = await calls(impatient, 1);
    expect(after?.pid).not.toBe(before?.pid);
    const text = 'Timeout value of 00:00:01 was exceeded by function: Functions.endless';
    expect(impatient.lines.some((line) => line.includes(text))).toBe(true);
  });

  it('run their hooks when the host stops', async () => {
    const stopping = await start();
    await stopping.stop();
    expect(await notesOf()).toEqual(['terminated', 'terminated']);
  });

  it('tell their processor time', async () => {
    const { workersCpuMs } = await (await start()).control.report();
    expect(workersCpuMs).toBeGreaterThan(0);
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
