import { isLook, withRecord } from './askedRecords.ts';
import type { JobId } from './jobId.ts';
import type { StoredJob, StoredJobWithBody, SystemJob } from './systemJob.ts';
import { seePayload, type ActionRecord } from './systemJob.ts';

/** What recording a look needs of the store. */
export interface LookStore {
  readWithBody(id: JobId): Promise<StoredJobWithBody | undefined>;
  update(before: StoredJob, after: SystemJob): Promise<StoredJob | 'changed'>;
}

export interface LookDependencies {
  readonly store: LookStore;
  readonly now: () => Date;
}

/** A busy job may change under our hands; beyond this many times something is wrong. */
const mostTries = 20;

/** The write arrived, but its answer got lost and the client's own repetition met the version that it made. */
const isWritten = ({ actions }: SystemJob, look: ActionRecord): boolean =>
  actions.some((each) => isLook(each) && each.on === look.on && each.by === look.by);

/**
 * Writes down that somebody looks at the payload of a job, then gives it: nobody sees what is not recorded. Nothing else
 * of the job changes.
 *
 * @returns the job with its body; undefined when there is no such job.
 */
export const recordLook =
  ({ store, now }: LookDependencies) =>
  async (id: JobId, by: string): Promise<StoredJobWithBody | undefined> => {
    const look = { action: seePayload, on: now().toISOString(), by } as const;
    for (let tries = 1; tries <= mostTries; tries += 1) {
      const stored = await store.readWithBody(id);
      if (stored === undefined) return undefined;
      if (tries > 1 && isWritten(stored.job, look)) return stored;
      const after = { ...stored.job, actions: withRecord(stored.job.actions, look) };
      const written = await store.update(stored, after);
      if (written !== 'changed') return { ...written, body: stored.body };
    }
    throw new Error(`Job ${id} changed ${mostTries} times while a look at it was recorded.`);
  };
