import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listenTo } from '../../local/listeners/listenTo.ts';
import { newOperations } from '../../local/start/samples.ts';
import { readLocalEndpoints } from '../../local/stack/localEndpoints.ts';
import { startStack, type Stack } from '../../local/stack/startStack.ts';
import { loadLine, machineLine } from '../machine.ts';
import { quantile } from '../statistics.ts';

const helpText = `Measures the round trip of a two-way endpoint on the local platform: from the post of a notification to the
listener's string in its answer. The listener answers at once.

Usage: npm run bench:two-way
`;

const warmUps = 20;
const posts = 200;
const endpointName = 'two-way-json';

/** Milliseconds of one round trip; the caller waits because the contract is two-way. */
const roundTrip = async ({ host }: Stack, body: Buffer): Promise<number> => {
  const { baseUrl, functionKey } = host.ready;
  const started = performance.now();
  const response = await fetch(`${baseUrl}/api/notify/${endpointName}?code=${functionKey}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: new Uint8Array(body),
  });
  const { answer } = (await response.json()) as { answer: string | null };
  if (response.status !== 200 || answer === null)
    throw new Error(`Answered ${response.status}, without a string.`);
  return performance.now() - started;
};

const measure = async (stack: Stack): Promise<number[]> => {
  const times: number[] = [];
  for (let count = 0; count < warmUps + posts; count += 1) {
    const samples = newOperations(Date.now());
    const sample = samples[count % samples.length];
    if (sample === undefined) throw new Error('There are no samples.');
    const ms = await roundTrip(stack, sample.body);
    if (count >= warmUps) times.push(ms);
  }
  return times;
};

const run = async (): Promise<void> => {
  const state = await mkdtemp(join(tmpdir(), 'bridge-two-way-'));
  const endpoints = readLocalEndpoints();
  const endpoint = endpoints.find(({ name }) => name === endpointName);
  if (endpoint === undefined) throw new Error(`endpoints.json has no endpoint ${endpointName}.`);
  console.log('Starting the platform ...');
  const stack = await startStack({ state, endpoints, logLevel: 'warning' });
  try {
    const listening = await listenTo(endpoint, stack.connections, () => undefined);
    console.log(`Posting ${warmUps + posts} notifications one after the other ...`);
    const times = await measure(stack);
    await listening.close();
    const [p50, p90, p99] = [0.5, 0.9, 0.99].map((q) => quantile(times, q).toFixed(1));
    console.log(`Round trip: p50 ${p50} ms, p90 ${p90} ms, p99 ${p99} ms, of ${posts}`);
    console.log(`${machineLine()}; load average ${loadLine()}`);
  } finally {
    await stack.stop();
    await rm(state, { recursive: true, force: true });
  }
};

if (process.argv.includes('--help')) console.log(helpText);
else await run();
