import type { JobListStore } from './jobList.ts';
import type { JobStatus } from './jobStatus.ts';
import type { SweepStore } from './sweep.ts';

/** What telling how things stand needs of the store. */
export type VitalSignsStore = Pick<SweepStore, 'readSweptUntil'> & JobListStore;

/** How things stand, as far as the store tells. */
export interface VitalSigns {
  /** How far the sweeper came; undefined before its first sweep. */
  readonly sweptUntil: Date | undefined;
  /** Whether there are jobs at all. */
  readonly anyJob: boolean | undefined;
  /** Whether jobs wait for a person; undefined when there are too many others to tell in time. */
  readonly suspended: boolean | undefined;
  readonly failed: boolean | undefined;
}

const hasJobs = async (store: JobListStore, status?: JobStatus): Promise<boolean | undefined> => {
  const query = status === undefined ? { top: 1 } : { top: 1, status };
  const { jobs, unreadable, next } = await store.list(query);
  if (jobs.length + unreadable.length > 0) return true;
  return next === undefined ? false : undefined;
};

/** Costs one read and three lists of one job, together 49 requests to Table Storage; health is asked for seldom. */
export const vitalSignsOf = async (store: VitalSignsStore): Promise<VitalSigns> => {
  const sweptUntilMs = await store.readSweptUntil();
  const [anyJob, suspended, failed] = await Promise.all([
    hasJobs(store),
    hasJobs(store, 'Suspended'),
    hasJobs(store, 'Failed'),
  ]);
  const sweptUntil = sweptUntilMs === undefined ? undefined : new Date(sweptUntilMs);
  return { sweptUntil, anyJob, suspended, failed };
};
