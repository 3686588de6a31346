import { createHash } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Arrival, Listening } from '../../local/listeners/arrival.ts';
import { listenTo } from '../../local/listeners/listenTo.ts';
import { contextWith, newOperations, operation } from '../support/contexts.ts';
import { eventually } from '../support/eventually.ts';
import { quickRetry, startApp, type RunningApp } from '../support/runningApp.ts';

const bus = { connection: 'ServiceBusConnection', retry: quickRetry };

const endpoints = {
  queue: { ...bus, name: 'queue', contract: 'queue', path: 'q' },
  hub: {
    ...bus,
    name: 'hub',
    contract: 'eventHub',
    path: 'h',
    connection: 'EventHubsConnection',
    messageFormat: 'binary',
  },
  rest: {
    ...bus,
    name: 'rest',
    contract: 'rest',
    path: 'r',
    connection: 'RelayConnection',
    messageFormat: 'xml',
  },
  hiding: { ...bus, name: 'hiding', contract: 'queue', path: 'q', columns: ['telephone1', 'name'] },
} as const;

let app: RunningApp;
const nextBody = newOperations();
beforeAll(async () => {
  app = await startApp({
    endpointsFile: JSON.stringify({ endpoints: Object.values(endpoints), masked: ['account.telephone1'] }),
    queues: [{ name: 'q' }],
    eventHubs: [{ name: 'h', partitions: 2 }],
    relays: [{ name: 'r', kind: 'hybridConnection' }],
  });
});
afterAll(() => app.stop());

const open: Listening[] = [];
afterEach(async () => {
  await app.bus.control.putFaults([]);
  for (const listening of open.splice(0)) await listening.close();
});

const listenAt = async (name: keyof typeof endpoints): Promise<Arrival[]> => {
  const arrivals: Arrival[] = [];
  const endpoint = { messageFormat: 'json', listener: 'hybridConnection', ...endpoints[name] } as const;
  open.push(await listenTo(endpoint, app.connections, (arrival) => arrivals.push(arrival)));
  return arrivals;
};

const sha256 = (body: Uint8Array): string => createHash('sha256').update(body).digest('hex');

interface Payload {
  readonly context: Record<string, unknown> | null;
  readonly contextText?: string;
  readonly masked: readonly string[];
  readonly message: Readonly<Record<string, unknown>>;
}

const payloadOf = async (id: string): Promise<Payload> =>
  (await app.get(`/api/jobs/${id}/payload`)).json() as Promise<Payload>;

describe('the evidence of an attempt', () => {
  it.each(['queue', 'hub', 'rest'] as const)('at %s is what the listener received (E-1)', async (name) => {
    const arrivals = await listenAt(name);
    const id = await app.accept(nextBody(), { endpoint: name, headers: { prefer: 'wait=0' } });
    const { attempts } = await app.until(id, 'Succeeded');
    const arrival = await eventually('the message', async () =>
      arrivals.find(({ messageId }) => messageId === id),
    );
    expect(attempts).toMatchObject([
      {
        outcome: 'delivered',
        messageId: arrival.messageId,
        sha256: sha256(arrival.body),
        bytes: arrival.body.length,
        contentType: arrival.contentType,
        identity: expect.stringMatching(/^shared access key RootManageSharedAccessKey \(setting \w+\)$/),
        brokerAnswer: name === 'rest' ? `200 received ${id}` : 'accepted',
      },
    ]);
    const { properties = {} } = attempts[0] ?? {};
    expect(Object.keys(properties).length).toBeGreaterThan(4);
    expect(arrival.properties).toMatchObject(properties);
    if (name !== 'rest') expect(arrival.properties).toEqual(properties);
    const { message } = await payloadOf(id);
    expect(message).toMatchObject({ messageId: id, sha256: sha256(arrival.body), properties });
    const encoding = name === 'hub' ? 'base64' : 'utf8';
    expect(message['encoding']).toBe(encoding);
    expect(Buffer.from(String(message['body']), encoding).equals(arrival.body)).toBe(true);
  });

  it('that failed has what the broker answered, and an attempt that got no answer has none (E-1)', async () => {
    await app.bus.control.putFaults([
      {
        where: 'transfer',
        what: 'reject',
        condition: 'com.microsoft:server-busy',
        description: 'Busy. SharedAccessKey=planted-secret-0;x',
      },
      { where: 'transfer', what: 'reset' },
    ]);
    const id = await app.accept(nextBody(), { endpoint: 'queue' });
    const { attempts } = await app.until(id, 'Succeeded');
    expect(attempts.map(({ brokerAnswer }) => brokerAnswer)).toEqual([
      'com.microsoft:server-busy: Busy. SharedAccessKey=[removed];x',
      undefined,
      'accepted',
    ]);
    expect(new Set(attempts.map(({ sha256: digest }) => digest)).size).toBe(1);
    expect(attempts[2]?.properties).toEqual(attempts[0]?.properties);
  });
});

describe('the support bundle of a job (E-5)', () => {
  const keysIn = (text: string): string[] =>
    [...text.matchAll(/(?:SharedAccessKey|AccountKey)=([^;]+)/g)].map(([, key = '']) => key);

  it('is a file with what is known, without payload and without any secret (E-6)', async () => {
    const { serviceBus, eventHubs, relay } = app.connections;
    const secrets = [serviceBus, eventHubs, relay, app.storageConnection].flatMap(keysIn);
    expect(secrets.length).toBeGreaterThanOrEqual(4);
    const description = [
      'Authorization: Bearer planted-secret-1',
      'SharedAccessKey=planted-secret-2',
      'https://a/?sig=planted-secret-3&code=planted-secret-4',
      `bare ${secrets[0] ?? ''}`,
    ].join('\n');
    await app.bus.control.putFaults([
      { where: 'transfer', what: 'reject', condition: 'com.microsoft:server-busy', description },
    ]);
    const id = await app.accept(nextBody(), { endpoint: 'queue' });
    await app.until(id, 'Succeeded');
    const response = await app.get(`/api/jobs/${id}/bundle`);
    expect(response.headers.get('content-disposition')).toBe(`attachment; filename="support-${id}.json"`);
    const text = await response.text();
    expect(text).not.toContain('planted-secret');
    expect(text).not.toContain('Fabrikam');
    for (const secret of [...secrets, app.functionKey, app.masterKey]) expect(text).not.toContain(secret);
    expect(JSON.parse(text)).toMatchObject({
      app: {
        version: expect.stringMatching(/^\d+\.\d+\.\d+/),
        nodeVersion: process.version,
        settings: { AzureWebJobsStorage: 'set', ServiceBusConnection: 'set', BRIDGE_MAX_DEPTH: 'not set' },
      },
      job: { id, status: 'Succeeded', attempts: [{ outcome: 'retry' }, { brokerAnswer: 'accepted' }] },
      endpoint: { name: 'queue', connection: 'ServiceBusConnection' },
      endpointState: { name: 'queue', state: 'running' },
      health: { storage: { status: 'reachable' } },
    });
  });

  it('is 404 for a job that is not there', async () => {
    expect((await app.get('/api/jobs/zd3dzb4qf-00e366c7ed49baa9624a7721aaf117e2/bundle')).status).toBe(404);
  });
});

describe('a look at the payload of a job', () => {
  const body = JSON.stringify({
    ...contextWith({
      ...operation(4711, Date.now()),
      InputParameters: [
        {
          key: 'Target',
          value: {
            __type: 'Entity:http://schemas.microsoft.com/xrm/2011/Contracts',
            Attributes: [
              { key: 'name', value: 'Fabrikam' },
              { key: 'telephone1', value: '555-planted' },
            ],
            FormattedValues: [],
            Id: 'c0ffee00-0000-4000-8000-000000000001',
            LogicalName: 'account',
          },
        },
      ],
    }),
  }).replace('"Fabrikam"', '100.0000');

  it('is recorded before it is answered, and changes nothing else (E-3)', async () => {
    const id = await app.accept(nextBody(), { endpoint: 'queue' });
    const before = await app.until(id, 'Succeeded');
    const response = await app.get(`/api/jobs/${id}/payload`);
    expect(response.status).toBe(200);
    const after = await app.get(`/api/jobs/${id}`);
    expect(response.headers.get('etag')).toBe(after.headers.get('etag'));
    const { asked, ...job } = (await after.json()) as typeof before;
    expect({ ...job, asked: [] }).toEqual(before);
    expect(asked).toMatchObject([{ action: 'seePayload', by: 'the holder of a function key' }]);
    expect(app.log.some((line) => line.includes('PayloadSeen') && line.includes(id))).toBe(true);
  });

  it('that cannot be recorded shows nothing', async () => {
    const id = await app.accept(nextBody(), { endpoint: 'queue' });
    await app.until(id, 'Succeeded');
    app.storage.setMode('refuse');
    try {
      const response = await app.get(`/api/jobs/${id}/payload`);
      expect(response.status).toBe(503);
      expect(await response.text()).not.toContain('Fabrikam');
    } finally {
      app.storage.setMode('pass');
    }
  });

  it('shows no masked value, and every number as it came; what is delivered is whole (E-4, E-7)', async () => {
    const arrivals = await listenAt('hiding');
    const id = await app.accept(body, { endpoint: 'hiding' });
    const { attempts } = await app.until(id, 'Succeeded');
    const arrival = await eventually('the message', async () =>
      arrivals.find(({ messageId }) => messageId === id),
    );
    expect(arrival.body.toString()).toBe(body);
    expect(arrival.properties['telephone1']).toBe('555-planted');
    expect(attempts[0]?.properties).toMatchObject({ telephone1: '•••' });
    const text = await (await app.get(`/api/jobs/${id}/payload`)).text();
    expect(text).not.toContain('555-planted');
    const hidden = body.replace('555-planted', '•••');
    expect(text.startsWith(`{"context":${hidden},`)).toBe(true);
    const { contextText, masked, message } = JSON.parse(text) as Payload;
    expect(contextText).toBe(hidden);
    expect(masked).toEqual(['account.telephone1']);
    expect(message).toMatchObject({
      body: hidden,
      bytes: Buffer.byteLength(body),
      sha256: sha256(Buffer.from(body)),
      properties: { telephone1: '•••' },
    });
  });

  it('of no job is 404', async () => {
    expect((await app.get('/api/jobs/zd3dzb4qf-00e366c7ed49baa9624a7721aaf117e2/payload')).status).toBe(404);
    expect((await app.get('/api/jobs/nothing/payload')).status).toBe(404);
  });
});
