import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { programOf } from '../../../../local/process/programs.ts';
import { lastingApp } from '../support/apps.ts';
import { temporaryApp, temporaryFolder } from '../support/folders.ts';
import { startChildHost } from '../support/hostChild.ts';

interface Ended {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

/** Runs the program to its end; one that starts to serve is told to stop. */
const runToEnd = async (...args: string[]): Promise<Ended> => {
  const child = spawn(process.execPath, [programOf('host'), '--port', '0', '--exit-with-stdin', ...args]);
  let output = '';
  let errors = '';
  child.stdout.on('data', (data: Buffer) => {
    output += data.toString();
    child.stdin.end();
  });
  child.stderr.on('data', (data: Buffer) => (errors += data.toString()));
  await once(child, 'close');
  return { code: child.exitCode, output, errors };
};

const app = ['--app', lastingApp];
const hostJson = { version: '2.0' };

const takenPort = async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { port: String(port), close: () => server.close() };
};

const notesFile = async (): Promise<string> => {
  const notes = join(await temporaryFolder(), 'notes');
  await writeFile(notes, '');
  return notes;
};

describe('the program', () => {
  it('prints one line when it serves', async () => {
    const notes = await notesFile();
    const host = await startChildHost({ notes });
    const { ready } = host;
    expect(ready).toMatchObject({
      event: 'ready',
      baseUrl: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/) as unknown,
      rpcBaseUrl: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/durabletask\/$/) as unknown,
      controlUrl: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/) as unknown,
    });
    for (const key of [ready.functionKey, ready.masterKey, ready.systemKey]) expect(key).toMatch(/^.{20,}$/);
    expect(ready.functions).toContainEqual({ name: 'calls', trigger: 'httpTrigger', route: '/api/calls' });
    expect(ready.functions).toContainEqual({ name: 'Steps', trigger: 'orchestrationTrigger' });
    await host.stop();
  });

  it('keeps its output for that line, whatever an app prints', async () => {
    const talking = await temporaryApp({
      'host.json': hostJson,
      'package.json': { main: 'a.js' },
      'a.js': 'console.log("from the app");',
    });
    const { output, errors } = await runToEnd('--app', talking);
    expect(output.trim().split('\n')).toHaveLength(1);
    expect(JSON.parse(output)).toMatchObject({ event: 'ready', functions: [] });
    expect(errors).toContain('from the app');
  });

  it('explains itself', async () => {
    const { code, errors } = await runToEnd('--help');
    expect(code).toBe(0);
    expect(errors).toContain('--skip-time');
  });

  it('refuses flags it does not understand', async () => {
    const { code, output, errors } = await runToEnd('--prot', '1');
    expect({ code, output }).toEqual({ code: 1, output: '' });
    expect(errors).toContain("Unknown option '--prot'");
    expect(errors.trim().split('\n')).toHaveLength(1);
  });

  it.each([
    ['is not built', { 'package.json': { main: 'dist/*.js' } }, 'dist/*.js'],
    ['has a bad host.json', { 'package.json': { main: 'a.js' }, 'host.json': '{' }, 'host.json'],
    ['throws', { 'package.json': { main: 'a.js' }, 'a.js': 'throw new Error("no good");' }, 'no good'],
  ])('refuses an app that %s', async (_what, files, message) => {
    const { code, output, errors } = await runToEnd(
      '--app',
      await temporaryApp({ 'host.json': hostJson, ...files }),
    );
    expect({ code, output }).toEqual({ code: 1, output: '' });
    expect(errors).toContain(message);
  });

  it('refuses a port that is taken', async () => {
    const { port, close } = await takenPort();
    const { code, errors } = await runToEnd(...app, '--port', port);
    close();
    expect(code).toBe(1);
    expect(errors.trim()).toBe(`Port ${port} is taken. Choose another one, or 0 for any.`);
  });

  it('refuses a state folder that is no folder, or that another host has', async () => {
    const notes = await notesFile();
    const blocked = await runToEnd(...app, '--state', notes);
    expect(blocked.code).toBe(1);
    expect(blocked.errors).toContain(notes);
    const state = await temporaryFolder();
    const host = await startChildHost({ notes, state });
    const second = await runToEnd(...app, '--state', state);
    expect(second.code).toBe(1);
    expect(second.errors).toContain(`is held by process ${host.pid}`);
    await host.stop();
  });
});

describe('a running host', () => {
  it.each(['SIGTERM', 'SIGINT', 'the end of its input'] as const)('finishes what runs on %s', async (how) => {
    const notes = await notesFile();
    const host = await startChildHost({ notes });
    const answer = fetch(`${host.ready.baseUrl}/api/slow`).then((response) => response.text());
    await expect.poll(() => readFile(notes, 'utf8')).toContain('slow starts');
    if (how === 'the end of its input') await host.stop();
    else process.kill(host.pid, how);
    expect(await answer).toBe('done');
    expect(await host.ended).toEqual({ code: 0, signal: null });
    expect(await readFile(notes, 'utf8')).toContain('terminated');
  });

  it('can be stopped over its control endpoint', async () => {
    const host = await startChildHost({ notes: await notesFile() });
    await host.control.stop();
    expect(await host.ended).toEqual({ code: 0, signal: null });
  });

  it('keeps keys and instances in its state folder', async () => {
    const options = { notes: await notesFile(), state: await temporaryFolder() };
    const first = await startChildHost(options);
    await first.start('Steps', 'kept', ['a']);
    await first.control.whenIdle();
    await first.stop();
    const second = await startChildHost(options);
    expect(second.ready.functionKey).toBe(first.ready.functionKey);
    expect(second.ready.masterKey).toBe(first.ready.masterKey);
    expect(await second.status('kept')).toMatchObject({ runtimeStatus: 'Completed', output: ['a'] });
    await second.stop();
  });

  it('takes keys and settings', async () => {
    const notes = await notesFile();
    const file = join(await temporaryFolder(), 'settings.json');
    await writeFile(file, JSON.stringify({ NOTES: notes, 'AzureWebJobs.calls.Disabled': true }));
    const args = [
      '--settings-file',
      file,
      '--function-key',
      'one',
      '--function-key',
      'two',
      '--master-key',
      'm',
    ];
    const host = await startChildHost({ notes, args });
    const { ready } = host;
    expect(ready).toMatchObject({ functionKey: 'one', masterKey: 'm' });
    expect(ready.functions.some(({ name }) => name === 'calls')).toBe(false);
    await host.stop();
  });

  it('is steered over its control endpoint', async () => {
    const host = await startChildHost({
      notes: await notesFile(),
      args: ['--skip-time'],
      chaos: { activityTwice: {} },
    });
    const { control, start, status, ready } = host;
    await control.setChaos({ holdResults: true });
    await start('Later', 'later', null);
    await expect.poll(async () => (await control.report()).activities).toBe(1);
    expect((await control.clock()).offsetMs).toBeGreaterThan(86_000_000);
    await control.releaseResults();
    await control.whenIdle();
    expect(await status('later')).toMatchObject({ runtimeStatus: 'Completed' });
    expect(await control.report()).toMatchObject({ starts: 1, finished: 1, timersFired: 1, instances: 1 });
    await control.resetReport();
    expect(await control.report()).toMatchObject({ starts: 0, finished: 0, finishedInstances: 1 });
    const { offsetMs } = await control.moveClock({ advanceMs: 5000, skipTime: false });
    expect(offsetMs).toBeGreaterThan(86_005_000);
    await expect(control.setChaos({ wrong: 1 } as object)).rejects.toThrow('There is no chaos switch');
    expect((await fetch(`${ready.controlUrl}/nothing`)).status).toBe(404);
    await host.stop();
  });
});
