import { setTimeout as pause } from 'node:timers/promises';
import type { Arrival } from '../listeners/arrival.ts';
import { listenTo } from '../listeners/listenTo.ts';
import type { LocalConnections, LocalEndpoint } from '../stack/localEndpoints.ts';
import type { BridgeClient, ShownJob } from './bridgeClient.ts';
import { newOperations, type Sample } from './samples.ts';
import { heading, showContractsTable, type ShownContract } from './show.ts';

/** Longest that a job or its message is waited for. */
const patienceMs = 30_000;

const until = async <Value>(
  what: string,
  look: () => Promise<Value | undefined> | Value | undefined,
): Promise<Value> => {
  const deadline = performance.now() + patienceMs;
  for (;;) {
    const value = await look();
    if (value !== undefined) return value;
    if (performance.now() > deadline) throw new Error(`${what} did not come within ${patienceMs / 1000} s.`);
    await pause(50);
  }
};

/** The job once it has ended; any end but Succeeded is told. */
const ended = async (bridge: BridgeClient, id: string): Promise<ShownJob | undefined> => {
  const job = await bridge.job(id);
  if (job.status === 'Failed' || job.status === 'Suspended') {
    throw new Error(`Job ${id} is ${job.status}: ${job.friendlyMessage}`);
  }
  return job.status === 'Succeeded' ? job : undefined;
};

const show = async (
  bridge: BridgeClient,
  endpoint: LocalEndpoint,
  connections: LocalConnections,
  sample: Sample,
): Promise<ShownContract> => {
  const arrivals = new Map<string, Arrival>();
  const listening = await listenTo(endpoint, connections, (arrival) =>
    arrivals.set(arrival.messageId, arrival),
  );
  try {
    const { id } = await bridge.post(sample, endpoint.name);
    const job = await until(`The end of job ${id}`, () => ended(bridge, id));
    const arrival = await until(`The message of job ${id}`, () => arrivals.get(id));
    return { endpoint, arrival, answer: job.answer };
  } finally {
    await listening.close();
  }
};

/**
 * Posts one notification to each endpoint, with a listener of its contract, and shows what arrived.
 *
 * @throws Error when something did not arrive.
 */
export const showContracts = async (
  bridge: BridgeClient,
  endpoints: readonly LocalEndpoint[],
  connections: LocalConnections,
): Promise<void> => {
  heading('The other contracts and formats, each with a listener of its kind');
  const samples = newOperations();
  const shown = await Promise.all(
    endpoints.map((endpoint, index) => {
      const sample = samples[index % samples.length];
      if (sample === undefined) throw new Error('There are no samples.');
      return show(bridge, endpoint, connections, sample);
    }),
  );
  showContractsTable(shown);
};
