import type { Arena } from './platform.ts';
import { createPoster, type Poster } from './poster.ts';

/** What a number of jobs cost from the first post to the last record. */
export interface Throughput {
  /** Processor time of the app's process (host and functions), per job, in milliseconds. */
  readonly cpuMsPerJob: number;
  readonly jobsPerSecond: number;
}

/** Posts under way at once. */
const breadth = 16;

const postAll = async (poster: Poster, jobs: number): Promise<void> => {
  let left = jobs;
  const lane = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      await poster.post();
    }
  };
  await Promise.all(Array.from({ length: breadth }, lane));
};

/** Resolves when nothing is under way any more. */
const untilQuiet = ({ host }: Arena): Promise<void> => host.control.whenIdle();

/** Fills caches, opens links and lets the compiler do its work. */
export const warmUp = async (arena: Arena, jobs: number): Promise<void> => {
  const poster = createPoster(arena);
  await postAll(poster, jobs);
  await untilQuiet(arena);
  poster.close();
};

export const measureThroughput = async (arena: Arena, jobs: number): Promise<Throughput> => {
  const poster = createPoster(arena);
  await arena.host.control.resetReport();
  const startedMs = performance.now();
  await postAll(poster, jobs);
  await untilQuiet(arena);
  const wallMs = performance.now() - startedMs;
  const { hostCpuMs, workersCpuMs } = await arena.host.control.report();
  poster.close();
  return { cpuMsPerJob: (hostCpuMs + workersCpuMs) / jobs, jobsPerSecond: (jobs * 1000) / wallMs };
};
