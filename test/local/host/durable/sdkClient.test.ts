import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rulesApp } from '../support/apps.ts';
import { startTestHost, type TestHost } from '../../../support/hosts.ts';
import { watchedWorker, type WatchedWorker } from '../../../support/watchedWorker.ts';

let host: TestHost;
let watched: WatchedWorker;
beforeAll(async () => {
  watched = watchedWorker();
  host = await startTestHost({ app: rulesApp, keys: { system: 'sys' } }, watched.load);
});
afterAll(() => host.stop());

/** Calls an operation of the SDK's client inside the app. */
const client = async (
  operation: string,
  ...args: unknown[]
): Promise<{ result?: unknown; error?: string }> => {
  const { body } = await host.call(`/api/client/${operation}`, {
    method: 'POST',
    body: JSON.stringify(args),
  });
  return body as { result?: unknown; error?: string };
};

describe('the durable client binding', () => {
  it('has every link, made for a placeholder id', async () => {
    await client('getStatusAll');
    const { request } = watched.seen.at(-1) ?? {};
    const binding = request?.inputData[1]?.data?.string ?? '{}';
    const base = `${host.ready.baseUrl}/runtime/webhooks/durabletask`;
    const query = 'taskHub=Rules&connection=Storage&code=sys';
    expect(JSON.parse(binding)).toEqual({
      taskHubName: 'Rules',
      connectionName: null,
      creationUrls: {
        createNewInstancePostUri: `${base}/orchestrators/{functionName}[/{instanceId}]?code=sys`,
        createAndWaitOnNewInstancePostUri: `${base}/orchestrators/{functionName}[/{instanceId}]?timeout={timeoutInSeconds}&pollingInterval={intervalInSeconds}&code=sys`,
      },
      managementUrls: {
        id: 'INSTANCEID',
        statusQueryGetUri: `${base}/instances/INSTANCEID?${query}`,
        sendEventPostUri: `${base}/instances/INSTANCEID/raiseEvent/{eventName}?${query}`,
        terminatePostUri: `${base}/instances/INSTANCEID/terminate?reason={text}&${query}`,
        rewindPostUri: `${base}/instances/INSTANCEID/rewind?reason={text}&${query}`,
        purgeHistoryDeleteUri: `${base}/instances/INSTANCEID?${query}`,
        restartPostUri: `${base}/instances/INSTANCEID/restart?${query}`,
        suspendPostUri: `${base}/instances/INSTANCEID/suspend?reason={text}&${query}`,
        resumePostUri: `${base}/instances/INSTANCEID/resume?reason={text}&${query}`,
      },
      baseUrl: base,
      requiredQueryStringParameters: 'code=sys',
      rpcBaseUrl: host.ready.rpcBaseUrl,
      httpBaseUrl: null,
    });
  });
});

describe("the SDK's client", () => {
  it('starts without an input as with an empty text', async () => {
    const { result } = await client('startNew', 'Input', { instanceId: 'no-input' });
    expect(result).toBe('no-input');
    await host.control.whenIdle();
    expect((await host.status('no-input'))['output']).toEqual({ type: 'string', input: '' });
  });

  it('cannot start what is running', async () => {
    await client('startNew', 'Wait', { instanceId: 'twice' });
    const { error } = await client('startNew', 'Wait', { instanceId: 'twice' });
    expect(error).toContain('unexpected status code: 409');
  });

  it('says nothing when an event or a termination comes after the end, and throws for unknown ids', async () => {
    await client('startNew', 'Input', { instanceId: 'ended' });
    await host.control.whenIdle();
    expect(await client('raiseEvent', 'ended', 'Go', 1)).toEqual({ result: 'undefined' });
    expect(await client('terminate', 'ended', 'x')).toEqual({ result: 'undefined' });
    expect((await client('raiseEvent', 'nobody', 'Go', 1)).error).toContain(
      "No instance with ID 'nobody' found",
    );
    expect((await client('terminate', 'nobody', 'x')).error).toContain("No instance with ID 'nobody' found");
    expect((await client('getStatus', 'nobody')).error).toContain('HTTP 404');
  });

  it('throws for a second suspend', async () => {
    await client('startNew', 'Wait', { instanceId: 'resting' });
    await host.control.whenIdle();
    expect(await client('suspend', 'resting', 'a')).toEqual({ result: 'undefined' });
    await host.control.whenIdle();
    expect((await client('suspend', 'resting', 'b')).error).toContain('unexpected status code: 500');
    expect(await client('resume', 'resting', 'c')).toEqual({ result: 'undefined' });
  });

  it('loses the history it asks for', async () => {
    await client('startNew', 'Input', { instanceId: 'history' });
    await host.control.whenIdle();
    const { result } = await client('getStatus', 'history', { showHistory: true, showHistoryOutput: true });
    expect(result).toMatchObject({ runtimeStatus: 'Completed' });
    expect(result).not.toHaveProperty('history');
  });

  it('purges, and counts nothing for an unknown id', async () => {
    await client('startNew', 'Input', { instanceId: 'gone' });
    await host.control.whenIdle();
    expect(await client('purgeInstanceHistory', 'gone')).toEqual({ result: { instancesDeleted: 1 } });
    expect(await client('purgeInstanceHistory', 'gone')).toEqual({ result: { instancesDeleted: 0 } });
  });

  it('follows the pages of a list', async () => {
    await Promise.all(
      Array.from({ length: 101 }, (_, n) => client('startNew', 'Input', { instanceId: `many-${n}` })),
    );
    const { result } = await client('getStatusAll');
    const ids = (result as { instanceId: string }[]).map(({ instanceId }) => instanceId);
    expect(ids.filter((id) => id.startsWith('many-'))).toHaveLength(101);
  });

  it('has no entities to read, and is refused loudly when it signals one', async () => {
    const name = { name: 'counter', key: 'a' };
    expect(await client('readEntityState', name)).toMatchObject({ result: { entityExists: false } });
    expect((await client('signalEntity', name, 'add', 1)).error).toContain('no durable entities');
  });
});

describe('links the SDK hands out', () => {
  it('answer at the public address with the system key, and not without', async () => {
    const started = await host.call('/api/check/WaitThenEcho', { method: 'POST' });
    expect(started.status).toBe(202);
    const links = started.body as Record<string, string>;
    expect(started.headers.get('location')).toBe(links['statusQueryGetUri']);
    await host.control.whenIdle();
    const statusUrl = links['statusQueryGetUri'] ?? '';
    const status = await fetch(statusUrl);
    expect(status.status).toBe(202);
    expect(status.headers.get('location')).toBe(statusUrl);
    expect((await fetch(statusUrl.replace(/&code=.*/, ''))).status).toBe(401);
    expect((await fetch(statusUrl.replace('code=sys', `code=${host.ready.functionKey}`))).status).toBe(401);
    const eventUrl = (links['sendEventPostUri'] ?? '').replace('{eventName}', 'Go');
    const sent = await fetch(eventUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '5',
    });
    expect(sent.status).toBe(202);
    await host.control.whenIdle();
    expect(await (await fetch(statusUrl)).json()).toMatchObject({ runtimeStatus: 'Completed', output: 5 });
  });

  it('are not needed when the result comes in time', async () => {
    const answer = await host.call('/api/waiting/Input', { method: 'POST' });
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({ type: 'object', input: { a: 1 } });
  });
});

describe('the RPC address', () => {
  it('answers only under its own Host header', async () => {
    const { port } = new URL(host.ready.rpcBaseUrl);
    const response = await fetch(`http://localhost:${port}/durabletask/instances`).catch(() => undefined);
    expect(response === undefined || response.status === 404).toBe(true);
    expect((await fetch(`http://127.0.0.1:${port}/instances`)).status).toBe(404);
  });
});
