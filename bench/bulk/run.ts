import { createPoster } from '../poster.ts';
import { latencyOf, measureLatency, postAtRate, type Latency } from '../latency.ts';
import { openArena, type Arena } from '../platform.ts';
import type { BulkFlags } from './flags.ts';
import { makeFailedJobs, readOperation, startRetry, untilSettled } from './retry.ts';

export interface BulkRun {
  readonly idle: Latency;
  readonly during: Latency;
  /** From the request to the last known outcome. */
  readonly retryMs: number;
}

/** Seconds of posts before anything is measured: links are opened, code is compiled. */
const warmUpSeconds = 5;

const measureDuring = async (arena: Arena, { ratePerSecond, seconds, perMinute, jobs }: BulkFlags) => {
  const poster = createPoster(arena);
  const startedMs = performance.now();
  const { id } = await startRetry(arena, perMinute);
  const during = latencyOf(await postAtRate(() => poster.post(), ratePerSecond, seconds));
  poster.close();
  const { status, done } = await readOperation(arena, id);
  if (status !== 'Running') {
    throw new Error(
      `The retry ended within ${seconds} s (${done} of ${jobs}): take more jobs, or less time.`,
    );
  }
  const { outcomes } = await untilSettled(arena, id);
  if (outcomes.succeeded !== jobs) throw new Error(`Succeeded have ${outcomes.succeeded} of ${jobs} jobs.`);
  return { during, retryMs: performance.now() - startedMs };
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
