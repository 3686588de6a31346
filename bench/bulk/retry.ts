import type { FaultRule } from '../../local/bus/faults/faultRule.ts';
import type { Arena } from '../platform.ts';
import { createPoster } from '../poster.ts';

/** Endpoint whose jobs fail for good at their first failure; its breaker is off. */
export const bulkEndpoint = 'bulk';

/** What the measurement reads of a bulk operation. */
export interface OperationSeen {
  readonly id: string;
  readonly status: string;
  readonly done: number;
  readonly outcomes: { readonly succeeded: number; readonly failedAgain: number; readonly pending: number };
}

const call = async ({ host }: Arena, path: string, body?: unknown): Promise<unknown> => {
  const { baseUrl, functionKey } = host.ready;
  const response = await fetch(`${baseUrl}/api/${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { 'x-functions-key': functionKey, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
  return response.json();
};

/** The summary counts all of them; the count of an operation is for a person who waits, and is cut short. */
const countFailed = async (arena: Arena): Promise<number> => {
  const { statuses } = (await call(arena, 'summary')) as { statuses: { Failed: number } };
  return statuses.Failed;
};

/** Jobs posted at once, so that failing them takes minutes and not an hour. */
const breadth = 16;

/** The broker rejects every message. */
const rejects: FaultRule = {
  where: 'transfer',
  what: 'reject',
  howOften: 'always',
  condition: 'com.microsoft:server-busy',
};

/** Makes failed jobs: their messages are posted while the broker rejects them. */
export const makeFailedJobs = async (arena: Arena, jobs: number): Promise<void> => {
  await arena.bus.control.putFaults([rejects]);
  const poster = createPoster(arena);
  let posted = 0;
  const lane = async (): Promise<void> => {
    while (posted < jobs) {
      posted += 1;
      await poster.post(`/api/notify/${bulkEndpoint}`);
    }
  };
  await Promise.all(Array.from({ length: breadth }, lane));
  await arena.host.control.whenIdle();
  poster.close();
  await arena.bus.control.clearFaults();
  const failed = await countFailed(arena);
  if (failed !== jobs) throw new Error(`${failed} of ${jobs} jobs have failed.`);
};

export const startRetry = async (arena: Arena, ratePerMinute: number): Promise<OperationSeen> => {
  const filter = { status: 'Failed', endpoint: bulkEndpoint };
  const asked = { action: 'retry', filter, reason: 'the bus is back', ratePerMinute };
  return (await call(arena, 'operations', asked)) as OperationSeen;
};

export const readOperation = async (arena: Arena, id: string): Promise<OperationSeen> =>
  (await call(arena, `operations/${id}`)) as OperationSeen;

/** It has ended, and the outcome of all its jobs is known. */
export const isSettled = ({ status, outcomes }: OperationSeen): boolean =>
  status !== 'Running' && outcomes.pending === 0;
