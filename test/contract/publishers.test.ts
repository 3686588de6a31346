import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startBus, type Bus } from '../../local/bus/startBus.ts';
import type { Arrival } from '../../local/listeners/arrival.ts';
import { listenTo } from '../../local/listeners/listenTo.ts';
import { startRelay, type Relay } from '../../local/relay/startRelay.ts';
import {
  busEntitiesOf,
  connectionOf,
  relaysOf,
  type LocalConnections,
  type LocalEndpoint,
} from '../../local/stack/localEndpoints.ts';
import { credentials } from '../../shared/azure/credentials.ts';
import { publishers } from '../../shared/azure/publishers.ts';
import type { Publisher } from '../../shared/delivery/delivery.ts';
import type { Contract } from '../../shared/endpoint/serviceEndpoint.ts';
import type { OutgoingMessage } from '../../shared/message/outgoingMessage.ts';
import { eventually } from '../support/eventually.ts';
import { endpointWith } from '../support/posting.ts';

/**
 * What every publisher has to do, whatever its contract: run against the platform of this repository, and against real
 * Azure where AZURE_TEST_FILE names a JSON file `{"endpoints": [...], "connections": {"serviceBus", "eventHubs",
 * "relay"}}` in the form that the platform's own `ready.json` has.
 */
interface Ground {
  readonly endpoints: readonly LocalEndpoint[];
  readonly connections: LocalConnections;
}

const endpointOf = (contract: Contract): LocalEndpoint => ({
  name: contract,
  contract,
  connection: 'Connection',
  path: `suite-${contract}`,
  messageFormat: 'json',
  listener: 'hybridConnection',
});

const contracts: readonly Contract[] = ['queue', 'topic', 'eventHub', 'oneWay', 'twoWay', 'rest'];
const localEndpoints = contracts.map(endpointOf);

const azureFile = process.env['AZURE_TEST_FILE'];
const azure = azureFile === undefined ? undefined : (JSON.parse(readFileSync(azureFile, 'utf8')) as Ground);

const run = String(Date.now());
let count = 0;
const nextMessage = (): OutgoingMessage => ({
  messageId: `${run}-${(count += 1)}`,
  correlationId: 'c-1',
  contentType: 'application/json',
  body: new TextEncoder().encode('{"decimal":1.10,"long":9007199254740993}'),
  applicationProperties: {
    'http://schemas.microsoft.com/xrm/2011/Claims/EntityLogicalName': 'account',
    traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  },
});

const suite = (contract: Contract, ground: () => Ground): void => {
  const endpoint = (): LocalEndpoint => {
    const found = ground().endpoints.find((each) => each.contract === contract);
    if (found === undefined) throw new Error(`There is no endpoint of contract ${contract}.`);
    return found;
  };
  const publisherWith = (changes: { path?: string; connection?: string } = {}): Publisher => {
    const { path } = endpoint();
    const connectionString = changes.connection ?? connectionOf(ground().connections, endpoint());
    const publisherFor = publishers({
      sendTimeoutMs: 10_000,
      connectionOf: () => ({ kind: 'key', connectionString }),
      credentialFor: credentials(),
      nowMs: Date.now,
    });
    return publisherFor(endpointWith({ contract, path: changes.path ?? path }));
  };
  const listening = async (work: (arrivals: readonly Arrival[]) => Promise<void>): Promise<void> => {
    const arrivals: Arrival[] = [];
    const listener = await listenTo(endpoint(), ground().connections, (arrival) => arrivals.push(arrival));
    try {
      await work(arrivals);
    } finally {
      await listener.close();
    }
  };

  it('delivers the bytes, the id and the content type', () =>
    listening(async (arrivals) => {
      const message = nextMessage();
      expect(await publisherWith().publish(message)).toMatchObject({ kind: 'delivered' });
      const arrival = await eventually('the message', async () =>
        arrivals.find(({ messageId }) => messageId === message.messageId),
      );
      expect(Buffer.compare(arrival.body, message.body)).toBe(0);
      expect(arrival.contentType).toBe('application/json');
      expect(arrival.properties['traceparent']).toBe(message.applicationProperties['traceparent']);
    }));

  it('delivers each of many that are sent at once', () =>
    listening(async (arrivals) => {
      const publisher = publisherWith();
      const messages = Array.from({ length: 16 }, nextMessage);
      const deliveries = await Promise.all(messages.map((message) => publisher.publish(message)));
      expect(deliveries.every(({ kind }) => kind === 'delivered')).toBe(true);
      const ids = messages.map(({ messageId }) => messageId);
      await eventually('all messages', async () =>
        ids.every((id) => arrivals.some(({ messageId }) => messageId === id)) ? true : undefined,
      );
    }));

  it('is Unauthorized with a wrong key', async () => {
    const connection = connectionOf(ground().connections, endpoint());
    const wrong = connection.replace(/SharedAccessKey=[^;]+/, 'SharedAccessKey=d3Jvbmc=');
    expect(await publisherWith({ connection: wrong }).publish(nextMessage())).toMatchObject({
      code: 'Unauthorized',
    });
  });

  it('is EntityNotFound where nothing has that name', async () => {
    expect(await publisherWith({ path: 'suite-nowhere' }).publish(nextMessage())).toMatchObject({
      code: 'EntityNotFound',
    });
  });
};

describe('a publisher on the local platform', () => {
  let bus: Bus;
  let relay: Relay;
  beforeAll(async () => {
    bus = await startBus(busEntitiesOf(localEndpoints));
    relay = await startRelay({ relays: relaysOf(localEndpoints) });
  });
  afterAll(async () => {
    await bus.close();
    await relay.close();
  });
  const ground = (): Ground => ({
    endpoints: localEndpoints,
    connections: {
      serviceBus: bus.connectionString,
      eventHubs: bus.connectionString,
      relay: relay.connectionString,
    },
  });
  describe.each(contracts)('of contract %s', (contract) => suite(contract, ground));
});

describe.skipIf(azure === undefined)(
  `a publisher on Azure${azure === undefined ? ' (skipped: AZURE_TEST_FILE names no file of endpoints)' : ''}`,
  () => {
    const ground = (): Ground =>
      azure ?? { endpoints: [], connections: { serviceBus: '', eventHubs: '', relay: '' } };
    const there = contracts.filter((contract) =>
      ground().endpoints.some((endpoint) => endpoint.contract === contract),
    );
    describe.each(azure === undefined ? contracts : there)('of contract %s', (contract) =>
      suite(contract, ground),
    );
  },
);
