import { eventually } from '../eventually.ts';
import { samples } from '../samples.ts';
import { mainQueue, ordersEndpoint, type AppOptions, type RunningApp } from '../runningApp.ts';

/** Retried too seldom to change while somebody looks. */
const retry = { firstDelaySeconds: 3600 };

/** An app in the middle of things: some endpoints do well, one is paused, one has no queue. */
export const sceneOptions: AppOptions = {
  endpointsFile: JSON.stringify({
    endpoints: [
      { ...ordersEndpoint, name: 'orders', retry },
      { ...ordersEndpoint, name: 'invoices', path: 'dataverse-invoices', messageFormat: 'binary', retry },
      { ...ordersEndpoint, name: 'warehouse', path: 'no-such-queue', retry },
      { ...ordersEndpoint, name: 'archive', path: 'dataverse-archive', messageFormat: 'xml', retry },
    ],
  }),
  queues: [
    { name: mainQueue, duplicateDetectionWindowMs: 3_600_000 },
    { name: 'dataverse-invoices' },
    { name: 'dataverse-archive' },
  ],
};

/** Jobs of the scene that views are shown with. */
export interface Scene {
  readonly waiting: string;
  readonly suspended: string;
  readonly delivered: string;
  readonly operation: string;
}

const sample = (name: string): Uint8Array<ArrayBuffer> => {
  const found = samples.find((each) => each.name === `${name}.json`);
  if (found === undefined) throw new Error(`There is no sample ${name}.`);
  return found.body;
};

const post = async (app: RunningApp, path: string, body: unknown): Promise<Record<string, unknown>> => {
  const response = await fetch(`${app.baseUrl}/api/${path}`, {
    method: 'POST',
    headers: { 'x-functions-key': app.functionKey, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as Record<string, unknown>;
};

const acceptAll = async (app: RunningApp, endpoint: string, count = samples.length): Promise<string[]> => {
  const ids: string[] = [];
  for (const { body } of samples.slice(0, count)) ids.push(await app.accept(body, { endpoint }));
  return ids;
};

const settled = (app: RunningApp, id: string): Promise<true> =>
  eventually('the operation has ended', async () => {
    const { status } = (await (await app.get(`/api/operations/${id}`)).json()) as { status: string };
    return status === 'Running' ? undefined : true;
  });

/** Delivered jobs, suspended ones, a paused endpoint, an outage and its jobs, an operation that stopped itself. */
export const playScene = async (app: RunningApp): Promise<Scene> => {
  for (const id of await acceptAll(app, 'invoices')) await app.until(id, 'Succeeded');
  const delivered = await app.accept(sample('update-contact-images'), { endpoint: 'archive' });
  await app.until(delivered, 'Succeeded');
  await post(app, 'endpoints/archive/pause', { reason: 'maintenance of the archive until noon' });
  for (const id of await acceptAll(app, 'warehouse', 5)) await app.until(id, 'Suspended');
  const suspended = await app.accept(sample('close-case'), { endpoint: 'warehouse' });
  await app.until(suspended, 'Suspended');
  const started = await post(app, 'operations', {
    action: 'retry',
    filter: { endpoint: 'warehouse' },
    reason: 'the queue should be there now',
    canary: { steps: [1, 2], failureLimitPercent: 10 },
  });
  const operation = String(started['id']);
  await settled(app, operation);
  await app.bus.control.stopListening();
  const waiting = await app.accept(sample('update-contact-images'));
  for (const id of [waiting, ...(await acceptAll(app, 'orders'))]) await app.until(id, 'Waiting');
  for (const id of await acceptAll(app, 'archive', 4)) await app.until(id, 'Waiting');
  return { waiting, suspended, delivered, operation };
};
