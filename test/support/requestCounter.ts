import type { RunningApp } from './runningApp.ts';

/** Counts the table requests of the app by watching what passes its storage connection. */
export const countRequests = (app: RunningApp) => {
  const counts: Record<string, number> = {};
  app.storage.onRequest((text) => {
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
