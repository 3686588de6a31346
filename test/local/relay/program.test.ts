import { describe, expect, it } from 'vitest';
import { controlRelay } from '../../../local/relay/controlClient.ts';
import type { FaultRule } from '../../../local/relay/faults/faultRule.ts';
import type { ReadyLine } from '../../../local/relay/program/readyLine.ts';
import { runToEnd, spawnProgram, takenPort } from '../support/program.ts';
import { relayProgram, startProgram } from './support/relayProgram.ts';
import {
  eventually,
  keyWith,
  listenOn,
  networkFailureOf,
  resourceOf,
  send,
  tokenFor,
} from './support/testRelay.ts';

const relays = [{ name: 'hyco', kind: 'hybridConnection' }] as const;
const run = (...args: readonly string[]) => runToEnd(relayProgram, args);
const spawn = (...args: readonly string[]) => spawnProgram<ReadyLine>(relayProgram, args);

/** Listens on a relay in another process. */
const serve = (ready: ReadyLine, path = 'hyco') =>
  listenOn({ connectionString: ready.relayConnectionString }, ({ body }) => ({ body }), { path });

describe('the program', () => {
  it('says in one line where it can be reached, and serves there', async () => {
    const { ready } = await startProgram({ relays });
    expect(ready).toEqual({
      event: 'ready',
      port: expect.any(Number) as number,
      relayConnectionString: expect.stringMatching(
        /^Endpoint=sb:\/\/127\.0\.0\.1:\d+;SharedAccessKeyName=\w+;SharedAccessKey=[^;]+;UseDevelopmentEmulator=true$/,
      ) as string,
      controlUrl: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/[\w-]{20,}$/) as string,
    });
    await serve(ready);
    expect((await send(ready, { body: 'hello' })).text).toBe('hello');
  });

  it.each(['SIGTERM', 'SIGINT'] as const)(
    'takes its settings from flags and ends in order at %s',
    async (signal) => {
      const { child, ready, exitCode } = spawn(
        ...['--hybrid-connection', 'a/b', '--wcf-relay', 'w', '--answer-within-ms', '100'],
      );
      const line = await ready;
      await serve(line, 'a/b');
      expect((await send(line, { path: 'a/b', body: 'x' })).text).toBe('x');
      const { relays: known } = { relays: await controlRelay(line.controlUrl).relays() };
      expect(known).toMatchObject([
        { name: 'a/b', kind: 'hybridConnection', listeners: 1 },
        { name: 'w', kind: 'wcf', listeners: 0 },
      ]);
      child.kill(signal);
      expect(await exitCode()).toBe(0);
    },
  );

  it('takes its settings from standard input and ends with it', async () => {
    const { child, ready, exitCode } = spawn('--config', '-', '--exit-with-stdin');
    child.stdin.write(`${JSON.stringify({ relays })}\n`);
    await serve(await ready);
    child.stdin.end();
    expect(await exitCode()).toBe(0);
  });

  it('explains itself', async () => {
    const { code, stdout, stderr } = await run('--help');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const flag of ['--config', '--hybrid-connection', '--wcf-relay', '--port', '--exit-with-stdin']) {
      expect(stdout).toContain(flag);
    }
  });

  it.each<[string, string[], string, string]>([
    ['an unknown flag', ['--nonsense'], '', "Unknown option '--nonsense'"],
    ['a port that is none', ['--port', 'x'], '', "Flag --port wants a number, not 'x'."],
    ['a port that is too high', ['--port', '70000'], '', '/port must be <= 65535'],
    ['a name that cannot be', ['--wcf-relay', '/'], '', '/relays/0/name must match pattern'],
    [
      'unknown and wrong settings, all of them',
      ['--config', '-'],
      '{"ports":1,"relays":[{"name":"a","kind":"queue"}]}',
      "The configuration on standard input cannot be used: it must not have 'ports'; /relays/0/kind must be one of hybridConnection, wcf.",
    ],
    ['a relay that is there twice', ['--wcf-relay', 'a', '--hybrid-connection', 'A'], '', 'is there twice'],
    [
      'a fault that cannot happen',
      ['--config', '-'],
      '{"faults":[{"where":"request","what":"closeChannel"}]}',
      "Fault 0: 'closeChannel' cannot happen at 'request'.",
    ],
  ])('refuses %s in one line', async (_name, args, input, words) => {
    const { code, stdout, stderr } = await runToEnd(relayProgram, args, input);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(words);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  it('says so when its port is taken', async () => {
    const port = await takenPort();
    for (const flag of ['--port', '--control-port']) {
      const { code, stderr } = await run(flag, `${port}`);
      expect({ code, stderr }).toEqual({ code: 1, stderr: `Port ${port} is taken by another program.\n` });
    }
  });

  it('keeps nothing that a kill -9 could lose: listeners come back to the next one', async () => {
    const first = await startProgram({ relays });
    const { port } = first.ready;
    const listener = await serve(first.ready);
    expect((await send(first.ready, { body: 'x' })).status).toBe(200);
    await first.kill();
    expect(await networkFailureOf(send({ port }))).toMatch(/ECONN|UND_ERR_SOCKET/);
    await eventually(() => listener.isConnected).toBe(false);
    const second = await startProgram({ relays, port });
    await eventually(() => listener.isConnected).toBe(true);
    expect((await send(second.ready, { body: 'again' })).text).toBe('again');
  });

  it('dies of a fault as of kill -9, before or after the listener has answered', async () => {
    for (const where of ['forward', 'answer'] as const) {
      const child = await startProgram({ relays, faults: [{ where, what: 'die' }] });
      let timesAsked = 0;
      await listenOn({ connectionString: child.ready.relayConnectionString }, () => {
        timesAsked += 1;
        return {};
      });
      expect(await networkFailureOf(send(child.ready))).toMatch(/ECONNRESET|UND_ERR_SOCKET/);
      expect(await child.ended).toMatchObject({ signal: 'SIGKILL' });
      expect(timesAsked).toBe(where === 'answer' ? 1 : 0);
    }
  });
});

describe('the controls', () => {
  it('count what came in, and who listens', async () => {
    const { ready, control } = await startProgram({ relays });
    expect((await send(ready)).status).toBe(502);
    await serve(ready);
    expect((await send(ready, { body: 'x' })).status).toBe(200);
    expect((await send(ready, { token: null })).status).toBe(401);
    expect(await control.relay('Hyco')).toEqual({
      name: 'hyco',
      kind: 'hybridConnection',
      listeners: 1,
      received: 3,
      forwarded: 1,
      answered: 1,
    });
    await expect(control.relay('nowhere')).rejects.toThrow("There is no relay 'nowhere'.");
  });

  it('create, change and delete relays', async () => {
    const { ready, control } = await startProgram({ relays });
    const key = keyWith('late', 'Send');
    await control.putRelay({ name: 'sales/new', kind: 'wcf', noListenerStatus: 503 });
    const token = tokenFor(resourceOf(ready, 'sales/new'), { key });
    expect((await send(ready, { path: 'sales/new', token })).status).toBe(401);
    await control.putRelay({ name: 'sales/new', kind: 'wcf', noListenerStatus: 503, keys: [key] });
    expect((await send(ready, { path: 'sales/new', token })).status).toBe(503);
    await control.deleteRelay('sales/new');
    expect((await control.relays()).map(({ name }) => name)).toEqual(['hyco']);
    await expect(control.deleteRelay('sales/new')).rejects.toThrow("There is no relay 'sales/new'.");
  });

  it('put faults, list them and what they hit, and take them away', async () => {
    const { ready, control } = await startProgram({ relays });
    const rule: FaultRule = { where: 'request', what: 'status', status: 503, howOften: 'always' };
    await control.putFaults([rule]);
    expect(await control.faults()).toEqual([rule]);
    expect((await send(ready)).status).toBe(503);
    expect(await control.hits()).toMatchObject([
      { rule: 0, where: 'request', what: 'status', relay: 'hyco' },
    ]);
    await control.clearFaults();
    expect(await control.hits()).toEqual([]);
    expect((await send(ready)).status).toBe(502);
  });

  it('make an outage and end it, on the same port', async () => {
    const { ready, control } = await startProgram({ relays });
    const listener = await serve(ready);
    await control.stopListening();
    expect(await networkFailureOf(send(ready))).toBe('ECONNREFUSED');
    await control.listen();
    await eventually(() => listener.isConnected).toBe(true);
    expect((await send(ready, { body: 'x' })).text).toBe('x');
  });

  it('refuse what they do not understand, with words', async () => {
    const { ready, control } = await startProgram({ relays });
    await expect(control.putFaults([{ where: 'answer', what: 'closeChannel' }])).rejects.toThrow(
      "Fault 0: 'closeChannel' cannot happen at 'answer'.",
    );
    const answerTo = async (method: string, path: string, body?: string) => {
      const response = await fetch(`${ready.controlUrl}/${path}`, {
        method,
        ...(body !== undefined && { body }),
      });
      return { status: response.status, ...((await response.json()) as { error: string }) };
    };
    expect(await answerTo('PUT', 'relays/a', '{"kind":"x"}')).toEqual({
      status: 400,
      error: "Relay 'a' cannot be used: /kind must be one of hybridConnection, wcf.",
    });
    expect(await answerTo('DELETE', 'hits')).toEqual({ status: 405, error: "'hits' does not take DELETE." });
    expect(await answerTo('GET', 'x')).toEqual({ status: 404, error: "There is nothing called 'x'." });
  });
});
