import { BlobServiceClient } from '@azure/storage-blob';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Arrival, Listening } from '../../local/listeners/arrival.ts';
import { listenTo } from '../../local/listeners/listenTo.ts';
import { subscriptionName, type LocalEndpoint } from '../../local/stack/localEndpoints.ts';
import { readContext, formatOf } from '../../shared/context/read/readContext.ts';
import { contextWith, newOperations, operation } from '../support/contexts.ts';
import { eventually } from '../support/eventually.ts';
import { quickRetry, startApp, type RunningApp } from '../support/runningApp.ts';

const bus = { connection: 'ServiceBusConnection', retry: quickRetry };
const relay = { connection: 'RelayConnection', retry: quickRetry };

/** One endpoint for every contract and format. */
const endpoints = [
  { ...bus, name: 'queue-json', contract: 'queue', path: 'q-json' },
  { ...bus, name: 'queue-xml', contract: 'queue', path: 'q-xml', messageFormat: 'xml' },
  { ...bus, name: 'queue-binary', contract: 'queue', path: 'q-binary', messageFormat: 'binary' },
  { ...bus, name: 'topic', contract: 'topic', path: 't', aliases: true, columns: ['name'] },
  { ...bus, name: 'hub', contract: 'eventHub', path: 'h', connection: 'EventHubsConnection' },
  { ...relay, name: 'one-way', contract: 'oneWay', path: 'one-way' },
  { ...relay, name: 'two-way', contract: 'twoWay', path: 'two-way', messageFormat: 'xml' },
  { ...relay, name: 'rest', contract: 'rest', path: 'rest', messageFormat: 'binary' },
  { ...relay, name: 'soap', contract: 'twoWay', path: 'soap', messageFormat: 'xml', listener: 'wcf' },
] as const;

const contactsOnly = { tables: ['contact'] };
const routes = [
  { name: 'accounts', endpoints: ['queue-json', 'topic'], filter: { tables: ['account'] } },
  { name: 'updates', endpoints: ['queue-json', 'picky'], filter: { messages: ['Create'] } },
];
const picky = { ...bus, name: 'picky', contract: 'queue', path: 'q-json', filter: contactsOnly };

const checked = { ...bus, name: 'checked', contract: 'queue', path: 'q-checked', oversize: 'claimCheck' };

const localOf = (name: string): LocalEndpoint => {
  const found = endpoints.find((endpoint) => endpoint.name === name);
  if (found === undefined) throw new Error(`There is no endpoint ${name}.`);
  return { messageFormat: 'json', listener: 'hybridConnection', ...found };
};

let app: RunningApp;
const nextBody = newOperations();
beforeAll(async () => {
  app = await startApp({
    blobs: true,
    endpointsFile: JSON.stringify({ endpoints: [...endpoints, picky, checked], routes }),
    queues: ['q-json', 'q-xml', 'q-binary', 'q-checked'].map((name) => ({ name })),
    topics: [{ name: 't', subscriptions: [{ name: subscriptionName }] }],
    eventHubs: [{ name: 'h', partitions: 2 }],
    relays: [
      ...['one-way', 'two-way', 'rest'].map((name) => ({ name, kind: 'hybridConnection' as const })),
      { name: 'soap', kind: 'wcf' },
    ],
  });
});
afterAll(() => app.stop());

const open: Listening[] = [];
afterEach(async () => {
  for (const listening of open.splice(0)) await listening.close();
});

const listenAt = async (name: string): Promise<Arrival[]> => {
  const arrivals: Arrival[] = [];
  open.push(await listenTo(localOf(name), app.connections, (arrival) => arrivals.push(arrival)));
  return arrivals;
};

const idIn = async (response: Response): Promise<string> =>
  ((await response.json()) as { job: { id: string } }).job.id;

describe('a notification at an endpoint of contract and format', () => {
  it.each(endpoints.filter(({ name }) => name !== 'soap').map(({ name, contract }) => [name, contract]))(
    '%s (%s) arrives once, and reads as what was posted (M-7)',
    async (name) => {
      const arrivals = await listenAt(name);
      const body = nextBody();
      const id = await idIn(await app.notify(body, { endpoint: name }));
      await app.until(id, 'Succeeded');
      const arrival = await eventually('the message', async () => arrivals[0]);
      expect(arrivals).toHaveLength(1);
      expect(arrival.messageId).toBe(id);
      const format = formatOf(arrival.contentType);
      if (format === undefined) throw new Error(`Nobody reads ${arrival.contentType}.`);
      expect(readContext(arrival.body, format)).toEqual(readContext(Buffer.from(body), 'json'));
    },
  );

  it('for a listener of Windows Communication Foundation is an envelope around the context', async () => {
    const arrivals = await listenAt('soap');
    const response = await app.notify(nextBody(), { endpoint: 'soap' });
    expect(response.status).toBe(200);
    const { answer } = (await response.json()) as { answer: string };
    expect(answer).toBe(`received ${arrivals[0]?.messageId ?? ''}`);
    expect(arrivals[0]?.body.toString()).toMatch(
      /^<s:Envelope.*<executionContext xmlns=.*<\/executionContext>/s,
    );
  });

  it('has properties that a subscription can filter by (M-11)', async () => {
    const expressions = {
      fabrikam: "EntityLogicalName = 'account' AND name = 'Fabrikam'",
      uri: "[http://schemas.microsoft.com/xrm/2011/Claims/EntityLogicalName] = 'account'",
      contacts: "EntityLogicalName = 'contact'",
    };
    for (const [name, expression] of Object.entries(expressions)) {
      const rules = [{ name: 'only', filter: { type: 'sql', expression } }] as const;
      await app.bus.control.putSubscription('t', { name, rules });
    }
    for (const table of ['account', 'contact']) {
      const filter = { type: 'correlation', applicationProperties: { EntityLogicalName: table } } as const;
      const rules = [{ name: 'only', filter }];
      await app.bus.control.putSubscription('t', { name: `correlated-${table}`, rules });
    }
    await app.until(await app.accept(nextBody(), { endpoint: 'topic' }), 'Succeeded');
    const { subscriptions } = await app.bus.control.topic('t');
    const active = Object.fromEntries(subscriptions.map((each) => [each.name, each.active]));
    expect(active).toMatchObject({
      fabrikam: 1,
      uri: 1,
      contacts: 0,
      'correlated-account': 1,
      'correlated-contact': 0,
    });
  });
});

describe('a relay without a listener', () => {
  it.each(['one-way', 'two-way', 'rest', 'soap'])(
    '%s has the job wait, and deliver once there is one',
    async (name) => {
      const response = await app.notify(nextBody(), { endpoint: name, headers: { prefer: 'wait=10' } });
      expect(response.status).toBe(202);
      const { job } = (await response.json()) as { job: { id: string; status: string } };
      expect(job.status).toBe('Waiting');
      expect(await app.job(job.id)).toMatchObject({ code: 'NoListener' });
      const arrivals = await listenAt(name);
      await app.until(job.id, 'Succeeded');
      expect(arrivals.map(({ messageId }) => messageId)).toEqual([job.id]);
    },
  );
});

describe('a caller that waits (R-12)', () => {
  it('of a two-way endpoint gets the string of the listener, which the job keeps', async () => {
    await listenAt('two-way');
    const response = await app.notify(nextBody(), { endpoint: 'two-way' });
    expect(response.status).toBe(200);
    const { job, answer } = (await response.json()) as { job: { id: string }; answer: string };
    expect(answer).toBe(`received ${job.id}`);
    expect(await app.job(job.id)).toMatchObject({ status: 'Succeeded', answer });
  });

  it('gets the end of any other job when it asks for it', async () => {
    const response = await app.notify(nextBody(), {
      endpoint: 'queue-json',
      headers: { prefer: 'respond-async, wait=10' },
    });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ job: { status: 'Succeeded' }, answer: null });
  });

  it('does not wait for a two-way endpoint when it says so', async () => {
    await listenAt('two-way');
    const response = await app.notify(nextBody(), { endpoint: 'two-way', headers: { prefer: 'wait=0' } });
    expect(response.status).toBe(202);
    const job = await app.until(await idIn(response), 'Succeeded');
    expect(job.answer).toBe(`received ${job.id}`);
  });
});

describe('a notification without the name of an endpoint (R-13)', () => {
  const post = (path: string, body: string) =>
    fetch(`${app.baseUrl}/api/${path}?code=${app.functionKey}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });

  it('becomes a job at each endpoint that the routes lead to, and the same jobs again when it is repeated', async () => {
    const body = nextBody();
    const first = await post('notify', body);
    expect(first.status).toBe(202);
    const { jobs, filteredOut } = (await first.json()) as {
      jobs: { endpoint: string; id: string; duplicate: boolean }[];
      filteredOut: { endpoint: string; reason: string }[];
    };
    expect(jobs.map(({ endpoint, duplicate }) => [endpoint, duplicate])).toEqual([
      ['queue-json', false],
      ['topic', false],
    ]);
    expect(filteredOut).toEqual([
      { endpoint: 'picky', reason: 'Taken are the tables contact, not account.' },
    ]);
    for (const { id } of jobs) await app.until(id, 'Succeeded');
    const again = (await (await post('notify', body)).json()) as { jobs: unknown[] };
    expect(again.jobs).toEqual(jobs.map((job) => ({ ...job, duplicate: true })));
  });

  it('that no route wants is accepted and becomes no job', async () => {
    const body = JSON.stringify(contextWith({ MessageName: 'Delete', PrimaryEntityName: 'task' }));
    const response = await post('notify', body);
    expect(response.status).toBe(202);
    expect(await response.json()).toEqual({ jobs: [], filteredOut: [] });
  });

  it('is checked like any other', async () => {
    expect((await post('notify', '{}')).status).toBe(400);
  });

  it('can be explained, which stores and sends nothing (R-14)', async () => {
    const before = (await app.jobs('top=1')).jobs[0]?.id;
    const body = JSON.stringify(contextWith(operation(77, Date.now() + 60_000)));
    const all = await post('explain', body);
    expect(all.status).toBe(200);
    expect(await all.json()).toMatchObject({
      endpoints: [
        { endpoint: 'queue-json', message: { body: { encoding: 'utf-8', text: body } } },
        { endpoint: 'topic', message: { applicationProperties: { EntityLogicalName: 'account' } } },
        { endpoint: 'picky', filteredOut: 'Taken are the tables contact, not account.' },
      ],
    });
    const one = await post('explain/queue-binary', body);
    expect(await one.json()).toMatchObject({
      identity: 'shared access key RootManageSharedAccessKey (setting ServiceBusConnection)',
      message: { contentType: 'application/msbin1', body: { encoding: 'base64' } },
    });
    expect((await post('explain/nowhere', body)).status).toBe(404);
    const deep = JSON.stringify(contextWith({ Depth: 17 }));
    expect((await post('explain/queue-json', deep)).status).toBe(422);
    expect((await post('explain/queue-json', '[]')).status).toBe(400);
    expect((await app.jobs('top=1')).jobs[0]?.id).toBe(before);
  });
});

describe('a context that is too large (M-8)', () => {
  it('arrives without the members that Dataverse leaves out, and the job lists them', async () => {
    const target = {
      __type: 'Entity:http://schemas.microsoft.com/xrm/2011/Contracts',
      Attributes: [{ key: 'description', value: 'x'.repeat(200_000) }],
      LogicalName: 'account',
    };
    const body = JSON.stringify(
      contextWith({
        ...operation(88, Date.now()),
        InputParameters: [{ key: 'Target', value: target }],
      }),
    );
    const arrivals = await listenAt('queue-json');
    const job = await app.until(await app.accept(body, { endpoint: 'queue-json' }), 'Succeeded');
    expect(job.attempts[0]).toMatchObject({ stripped: ['InputParameters'] });
    const arrival = await eventually('the message', async () =>
      arrivals.find(({ messageId }) => messageId === job.id),
    );
    expect(arrival.properties['MessageMaxSizeExceeded']).toBe(true);
    expect(JSON.parse(arrival.body.toString())).not.toHaveProperty('InputParameters');
  });

  it('is left in a blob that the message names, where the endpoint checks it in (M-13)', async () => {
    const variables = [{ key: 'k', value: 'x'.repeat(200_000) }];
    const body = JSON.stringify(contextWith({ ...operation(90, Date.now()), SharedVariables: variables }));
    await app.until(await app.accept(body, { endpoint: 'checked' }), 'Succeeded');
    const [message] = await app.receiveAll('q-checked');
    const reference = String(message?.applicationProperties?.['ClaimCheckReference']);
    const [, name = ''] = /([^/]+)$/.exec(reference) ?? [];
    const client = BlobServiceClient.fromConnectionString(app.storageConnection);
    const blob = await client.getContainerClient('dataverse-contexts').getBlobClient(name).downloadToBuffer();
    expect(blob.toString()).toBe(body);
  });

  it('is Failed with the place when the format cannot carry it (M-7)', async () => {
    const body = JSON.stringify(
      contextWith({ ...operation(89, Date.now()), SharedVariables: [{ key: 'k', value: [1, 'two'] }] }),
    );
    const job = await app.until(await app.accept(body, { endpoint: 'queue-xml' }), 'Failed');
    expect(job).toMatchObject({ code: 'ContextUnusable' });
    expect(job.message).toContain('/SharedVariables/0/value');
  });
});
