import { setTimeout as delay } from 'node:timers/promises';
import type { Arena } from './platform.ts';
import { createPoster } from './poster.ts';
import { quantile } from './statistics.ts';

export interface Latency {
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/**
 * Posts at a fixed rate whether or not answers come (an open model), and counts the time from when each post was due:
 * a slow answer does not hide the wait of those behind it.
 */
export const postAtRate = async (
  post: () => Promise<number>,
  ratePerSecond: number,
  seconds: number,
): Promise<number[]> => {
  const count = Math.round(ratePerSecond * seconds);
  const startedMs = performance.now();
  const latencies = Array.from({ length: count }, async (_, index) => {
    const dueMs = startedMs + (index * 1000) / ratePerSecond;
    await delay(Math.max(0, dueMs - performance.now()));
    const lateMs = performance.now() - dueMs;
    return lateMs + (await post());
  });
  return Promise.all(latencies);
};

export const latencyOf = (latencies: readonly number[]): Latency => ({
  p50Ms: quantile(latencies, 0.5),
  p99Ms: quantile(latencies, 0.99),
});

/** The time to the answer of a contender's notify function. */
export const measureLatency = async (
  arena: Arena,
  ratePerSecond: number,
  seconds: number,
): Promise<Latency> => {
  const poster = createPoster(arena);
  const latencies = await postAtRate(() => poster.post(), ratePerSecond, seconds);
  await arena.host.control.whenIdle();
  poster.close();
  return latencyOf(latencies);
};

export interface SideBySide {
  readonly accept: Latency;
  /** An empty function in the same process, called as often while the app is under its load. */
  readonly empty: Latency;
}

/** Both functions feel the same load; what differs is what accepting itself adds. */
export const measureSideBySide = async (
  arena: Arena,
  ratePerSecond: number,
  seconds: number,
): Promise<SideBySide> => {
  const poster = createPoster(arena);
  const [accept, empty] = await Promise.all([
    postAtRate(() => poster.post(), ratePerSecond, seconds),
    postAtRate(() => poster.post('/api/empty'), ratePerSecond, seconds),
  ]);
  await arena.host.control.whenIdle();
  poster.close();
  return { accept: latencyOf(accept), empty: latencyOf(empty) };
};
