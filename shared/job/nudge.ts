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

/**
 * Start first, wake second: a resting job has no instance, a live one refuses a second start. Which of them holds may
 * change at any moment, so neither is asked for beforehand.
 *
 * @param failed is told when the engine could not be reached; the sweeper tries again.
 */
export const nudgeWith =
  (starter: WorkflowStarter, failed: (job: SystemJob, error: unknown) => void): Nudge =>
  async (job) => {
    try {
      const state = await starter.start(job.id, job.attemptCount + 1);
      if (state === 'running') await starter.wake(job.id);
      return true;
    } catch (error) {
      failed(job, error);
      return false;
    }
  };
