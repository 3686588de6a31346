import { countJobs, type Counts } from './counts.ts';
import type { BenchFlags } from './flags.ts';
import { measureLatency, measureSideBySide, type Latency, type SideBySide } from './latency.ts';
import { openArena } from './platform.ts';
import { measureThroughput, warmUp, type Throughput } from './throughput.ts';

export const workers = ['bridge', 'plain-durable', 'limit'] as const;
export type Worker = (typeof workers)[number];

/** Everything measured in one call of the program; the lists have one entry a run, in the same order. */
export interface Measured {
  readonly throughput: Readonly<Record<Worker, Throughput[]>>;
  readonly accept: Latency[];
  readonly empty: Latency[];
  readonly sideBySide: SideBySide[];
  readonly counts: Readonly<Record<'bridge' | 'plain-durable', Counts[]>>;
}

/** By then the compiler has done its work: before, the cost per job falls from run to run. */
const warmUpJobs = 2000;

const inArena = async <Result>(
  contender: Worker | 'empty',
  measure: (arena: Awaited<ReturnType<typeof openArena>>) => Promise<Result>,
): Promise<Result> => {
  const arena = await openArena({ contender });
  try {
    await warmUp(arena, warmUpJobs);
    return await measure(arena);
  } finally {
    await arena.stop();
  }
};

/** Runs go round and round, so that a slow spell of the machine meets everybody. */
export const measureAll = async (flags: BenchFlags, progress: (text: string) => void): Promise<Measured> => {
  const throughput: Record<Worker, Throughput[]> = { bridge: [], 'plain-durable': [], limit: [] };
  const accept: Latency[] = [];
  const empty: Latency[] = [];
  const sideBySide: SideBySide[] = [];
  const { jobs, ratePerSecond, seconds } = flags;
  for (let run = 1; run <= flags.runs; run += 1) {
    for (const worker of workers) {
      progress(`run ${run} of ${flags.runs}: ${jobs} jobs, ${worker}`);
      throughput[worker].push(await inArena(worker, (arena) => measureThroughput(arena, jobs)));
    }
    progress(`run ${run} of ${flags.runs}: answer times at ${ratePerSecond} a second, an empty function`);
    empty.push(await inArena('empty', (arena) => measureLatency(arena, ratePerSecond, seconds)));
    progress(`run ${run} of ${flags.runs}: answer times at ${ratePerSecond} a second, bridge`);
    accept.push(await inArena('bridge', (arena) => measureLatency(arena, ratePerSecond, seconds)));
    progress(`run ${run} of ${flags.runs}: both side by side`);
    sideBySide.push(await inArena('bridge', (arena) => measureSideBySide(arena, ratePerSecond, seconds)));
  }
  progress('exact counts');
  const counts = { bridge: await countJobs('bridge'), 'plain-durable': await countJobs('plain-durable') };
  return { throughput, accept, empty, sideBySide, counts };
};
