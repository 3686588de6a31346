import type { JobId } from './jobId.ts';
import type { SystemJob } from './systemJob.ts';

/** The engine's side of a system job: what nudging needs of the Durable client. */
export interface WorkflowStarter {
  /**
   * Starts the job's instance; one that runs already is left alone.
   *
   * @throws when the engine cannot be reached.
   */
  start(id: JobId, attempt: number): Promise<'started' | 'running'>;
  /** Tells a running instance to look at its row again; does nothing for one that has ended. */
  wake(id: JobId): Promise<void>;
}

/** Makes the workflow of a job look at its row. Never throws; false when the engine could not be reached. */
export type Nudge = (job: SystemJob) => Promise<boolean>;

/** Is told when the engine could not be reached; the sweeper tries again. */
type Failed = (job: SystemJob, error: unknown) => void;

const trying =
  (work: (job: SystemJob) => Promise<void>, failed: Failed): Nudge =>
  async (job) => {
    try {
      await work(job);
      return true;
    } catch (error) {
      failed(job, error);
      return false;
    }
  };

/**
 * Start first, wake second: a resting job has no instance, a live one refuses a second start. Which of them holds may
 * change at any moment, so neither is asked for beforehand.
 */
export const nudgeWith = (starter: WorkflowStarter, failed: Failed): Nudge =>
  trying(async (job) => {
    const state = await starter.start(job.id, job.attemptCount + 1);
    if (state === 'running') await starter.wake(job.id);
  }, failed);

/** The nudge for a job that has made no attempt: if its instance runs, it is about to look at its row by itself. */
export const startWith = (starter: Pick<WorkflowStarter, 'start'>, failed: Failed): Nudge =>
  trying(async (job) => {
    await starter.start(job.id, job.attemptCount + 1);
  }, failed);

/** The nudge for a job whose workflow runs, or has ended and has nothing left to do. */
export const wakeWith = (starter: Pick<WorkflowStarter, 'wake'>, failed: Failed): Nudge =>
  trying((job) => starter.wake(job.id), failed);
