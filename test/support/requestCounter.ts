import type { RunningApp } from './runningApp.ts';

/**
 * What a process spends on an endpoint every few seconds, however many jobs it has: reading its state, adding to its
 * statistics. It is no job's; the tests of the gate and of the statistics bound it.
 */
const ofEndpoints = /^\S+ \S*\/SystemJobs\(PartitionKey='(endpoints|statistics)'/;

/** Counts the table requests of the app for its jobs by watching what passes its storage connection. */
export const countRequests = (app: RunningApp) => {
  const counts: Record<string, number> = {};
  app.storage.onRequest((text) => {
    if (ofEndpoints.test(text)) return;
    const method = /^(GET|POST|PATCH|PUT|DELETE|MERGE) \S*\/(SystemJobs|\$batch)/.exec(text)?.[1];
    if (method !== undefined) counts[method] = (counts[method] ?? 0) + 1;
  });
  return {
    total: (): number => Object.values(counts).reduce((sum, count) => sum + count, 0),
    byMethod: (): Readonly<Record<string, number>> => ({ ...counts }),
    reset: (): void => {
      for (const method of Object.keys(counts)) counts[method] = 0;
    },
  };
};
