import type { Arena } from './platform.ts';
import { openArena } from './platform.ts';
import type { Contender } from './contenders.ts';
import { createPoster } from './poster.ts';
import { warmUp } from './throughput.ts';

/** What one job takes, counted exactly. */
export interface Counts {
  readonly retries: number;
  /** Starts, orchestration episodes and activities: what the engine takes from its queues. */
  readonly workItems: number;
  readonly tableRequests: number;
  /** History that the engine keeps, in characters of its JSON, over all generations. */
  readonly historyCharacters: number;
  readonly historyEvents: number;
}

const httpRequest = /^(GET|POST|PATCH|PUT|DELETE|MERGE) \//;

const countOnce = async (arena: Arena, retries: number): Promise<Counts> => {
  const rejections = { where: 'transfer', what: 'reject', condition: 'com.microsoft:server-busy' } as const;
  await arena.bus.control.putFaults(retries === 0 ? [] : [{ ...rejections, howOften: retries }]);
  let tableRequests = 0;
  arena.storage?.onRequest((text) => {
    if (httpRequest.test(text)) tableRequests += 1;
  });
  await arena.host.control.whenIdle();
  await arena.host.control.resetReport();
  const poster = createPoster(arena);
  await poster.post();
  await arena.host.control.whenIdle();
  poster.close();
  const report = await arena.host.control.report();
  return {
    retries,
    workItems: report.starts + report.episodes + report.activities,
    tableRequests,
    historyCharacters: report.historyCharacters,
    historyEvents: report.historyEvents,
  };
};

/** Counts a job without, with one and with ten retries; time is skipped, so a retry takes no time. */
export const countJobs = async (contender: Contender): Promise<Counts[]> => {
  const arena = await openArena({ contender, skipTime: true, countRequests: true });
  try {
    await warmUp(arena, 1);
    const counts: Counts[] = [];
    for (const retries of [0, 1, 10]) counts.push(await countOnce(arena, retries));
    return counts;
  } finally {
    await arena.stop();
  }
};
