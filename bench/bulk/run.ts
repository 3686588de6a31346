import { createPoster } from '../poster.ts';
import { latencyOf, measureLatency, postAtRate, type Latency } from '../latency.ts';
import { openArena, type Arena } from '../platform.ts';
import type { BulkFlags } from './flags.ts';
import { isSettled, makeFailedJobs, readOperation, startRetry, type OperationSeen } from './retry.ts';

export interface BulkRun {
  readonly idle: Latency;
  readonly during: Latency;
  /** From the request to the last known outcome. */
  readonly retryMs: number;
}

/** Seconds of posts before anything is measured: links are opened, code is compiled. */
const warmUpSeconds = 5;

/** Seconds of posts between two looks at the operation. */
const stretchSeconds = 5;

/** Posts go on from the request for the retry to the last known outcome: counting, acting and looking are all in it. */
const measureDuring = async (arena: Arena, { ratePerSecond, perMinute, jobs }: BulkFlags) => {
  const poster = createPoster(arena);
  const startedMs = performance.now();
  const started = startRetry(arena, perMinute);
  const latencies: number[] = [];
  let seen: OperationSeen | undefined;
  while (seen === undefined || !isSettled(seen)) {
    latencies.push(...(await postAtRate(() => poster.post(), ratePerSecond, stretchSeconds)));
    seen = await readOperation(arena, (await started).id);
  }
  poster.close();
  const { succeeded } = seen.outcomes;
  if (succeeded !== jobs) throw new Error(`Succeeded have ${succeeded} of ${jobs} jobs.`);
  return { during: latencyOf(latencies), retryMs: performance.now() - startedMs };
};

/** One run on a platform of its own. */
export const runOnce = async (flags: BulkFlags): Promise<BulkRun> => {
  const arena = await openArena({ contender: 'bridge' });
  try {
    await makeFailedJobs(arena, flags.jobs);
    await measureLatency(arena, flags.ratePerSecond, warmUpSeconds);
    const idle = await measureLatency(arena, flags.ratePerSecond, flags.seconds);
    return { idle, ...(await measureDuring(arena, flags)) };
  } finally {
    await arena.stop();
  }
};
