import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { controlBus } from '../../../local/bus/controlClient.ts';
import type { ReadyLine } from '../../../local/bus/program/readyLine.ts';
import { spawnProgram as spawnAny, takenPort, temporaryFolder } from '../support/program.ts';
import { useBusProgram } from './support/busProgram.ts';
import { connect, receive, receiverOf } from './support/testBus.ts';

const program = useBusProgram();

const spawnProgram = (...args: readonly string[]) => spawnAny<ReadyLine>(program.path(), args);

describe('the program', () => {
  it('says in one line where it can be reached, and serves there', async () => {
    const bus = await program.start({ queues: [{ name: 'orders' }] });
    expect(bus.ready).toEqual({
      event: 'ready',
      port: expect.any(Number) as number,
      connectionString: expect.stringMatching(
        /^Endpoint=sb:\/\/127\.0\.0\.1:\d+;SharedAccessKeyName=\w+;SharedAccessKey=[^;]+;UseDevelopmentEmulator=true$/,
      ) as string,
      eventHubsConnectionString: bus.ready.connectionString,
      controlUrl: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/[\w-]{20,}$/) as string,
    });
    const client = connect(bus.ready.connectionString);
    await client.createSender('orders').sendMessages({ body: 'x' });
    expect((await receive(receiverOf(client)))[0].body).toBe('x');
  });

  it('takes its settings from flags', async () => {
    const stateFolder = join(await temporaryFolder(), 'deep', 'state');
    const { child, ready, exitCode } = spawnProgram(
      '--queue',
      'a',
      '--queue',
      'b',
      '--state-folder',
      stateFolder,
    );
    await connect((await ready).connectionString)
      .createSender('b')
      .sendMessages({ body: 'x' });
    child.kill('SIGTERM');
    expect(await exitCode()).toBe(0);
    const again = await program.start({ stateFolder });
    expect(await again.control.queues()).toMatchObject([
      { name: 'a', active: 0 },
      { name: 'b', active: 1 },
    ]);
  });

  it('makes topics, subscriptions and event hubs from flags', async () => {
    const { ready } = spawnProgram(
      '--topic',
      'news/a',
      '--topic',
      'news/b',
      '--topic',
      'empty',
      '--event-hub',
      'events',
    );
    const { controlUrl } = await ready;
    expect(await controlBus(controlUrl).eventHubs()).toMatchObject([{ name: 'events', events: 0 }]);
    expect(await controlBus(controlUrl).topics()).toMatchObject([
      { name: 'news', subscriptions: [{ name: 'a' }, { name: 'b' }] },
      { name: 'empty', subscriptions: [] },
    ]);
  });

  it('takes its settings from standard input', async () => {
    const { child, ready, exitCode } = spawnProgram('--config', '-');
    child.stdin.end(JSON.stringify({ queues: [{ name: 'orders' }] }, undefined, 2));
    await connect((await ready).connectionString)
      .createSender('orders')
      .sendMessages({ body: 'x' });
    child.kill('SIGTERM');
    expect(await exitCode()).toBe(0);
  });

  it('takes its settings from the first line of standard input when it ends with it', async () => {
    const { child, ready, exitCode } = spawnProgram('--config', '-', '--exit-with-stdin');
    child.stdin.write(`${JSON.stringify({ queues: [{ name: 'orders' }] })}\n`);
    await connect((await ready).connectionString)
      .createSender('orders')
      .sendMessages({ body: 'x' });
    child.stdin.end();
    expect(await exitCode()).toBe(0);
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('ends in order at %s', async (signal) => {
    const { child, ready, exitCode } = spawnProgram('--queue', 'orders');
    await connect((await ready).connectionString)
      .createSender('orders')
      .sendMessages({ body: 'x' });
    child.kill(signal);
    expect(await exitCode()).toBe(0);
  });

  it('explains itself', async () => {
    const { code, stdout, stderr } = await program.run(['--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const flag of ['--config', '--queue', '--port', '--state-folder', '--exit-with-stdin']) {
      expect(stdout).toContain(flag);
    }
  });

  it.each<[string, string[], string, string]>([
    ['an unknown flag', ['--nonsense'], '', "Unknown option '--nonsense'"],
    ['a port that is none', ['--port', 'x'], '', "Flag --port wants a number, not 'x'."],
    [
      'a file that is not there',
      ['--config', '/no/such/file'],
      '',
      "Configuration file '/no/such/file' cannot be read",
    ],
    ['what is no JSON', ['--config', '-'], '{', 'The configuration on standard input is no JSON'],
    [
      'unknown and wrong settings, all of them',
      ['--config', '-'],
      '{"ports":1,"queues":[{"name":"a","maxDeliveryCount":0}]}',
      "The configuration on standard input cannot be used: it must not have 'ports'; /queues/0/maxDeliveryCount must be >= 1.",
    ],
    ['a queue that is there twice', ['--queue', 'a', '--queue', 'A'], '', "queue 'A' is there twice"],
    ['a topic called like a queue', ['--queue', 'a', '--topic', 'A'], '', "topic 'A' is there twice"],
    [
      'an event hub called like a queue',
      ['--queue', 'a', '--event-hub', 'A'],
      '',
      "event hub 'A' is there twice",
    ],
    ['a subscription that is there twice', ['--topic', 'a/b', '--topic', 'a/B'], '', "'B' is there twice"],
    [
      'a filter that is none',
      ['--config', '-'],
      '{"topics":[{"name":"a","subscriptions":[{"name":"b","rules":[{"name":"r","filter":{"type":"sql","expression":"("}}]}]}]}',
      "The filter of rule 'r' cannot be used: it ends too early.",
    ],
    [
      'a fault that cannot happen',
      ['--config', '-'],
      '{"faults":[{"where":"connect","what":"release"}]}',
      "Fault 0: 'release' cannot happen at 'connect'.",
    ],
  ])('refuses %s in one line', async (_name, args, input, words) => {
    const { code, stdout, stderr } = await program.run(args, input);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(words);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  it('says so when its port is taken', async () => {
    const port = await takenPort();
    const { code, stderr } = await program.run(['--port', `${port}`]);
    expect({ code, stderr }).toEqual({ code: 1, stderr: `Port ${port} is taken by another program.\n` });
    const control = await program.run(['--control-port', `${port}`]);
    expect(control).toMatchObject({ code: 1, stderr: `Port ${port} is taken by another program.\n` });
  });

  it('says so when its state folder cannot be written', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'file'), '');
    const { code, stderr } = await program.run(['--state-folder', join(folder, 'file', 'state')]);
    expect({ code, stderr: stderr.trim().split('\n') }).toEqual({
      code: 1,
      stderr: [expect.stringMatching(/^State folder '.*' cannot be written \(\w+\)\.$/)],
    });
  });

  it.skipIf(process.getuid?.() === 0)('says so when it may not write there', async () => {
    const folder = join(await temporaryFolder(), 'closed');
    await mkdir(folder);
    await chmod(folder, 0o500);
    const { code, stderr } = await program.run(['--state-folder', folder]);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: `State folder '${folder}' cannot be written (EACCES).\n`,
    });
  });

  it('says so when another process uses its state folder', async () => {
    const stateFolder = await temporaryFolder();
    const first = await program.start({ stateFolder });
    const { code, stderr } = await program.run(['--state-folder', stateFolder]);
    expect(code).toBe(1);
    expect(stderr).toContain(`is held by process ${first.pid}`);
  });
});
