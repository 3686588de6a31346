import type { SystemJob } from '../../shared/job/systemJob.ts';
import type { JobResult, Operation, OperationRequest } from '../../shared/operation/operation.ts';
import { operationStep, type OperationStepOutcome } from '../../shared/operation/operationStep.ts';
import type { OperationStore } from '../../shared/operation/operationStore.ts';
import { acceptedAt, later, jobWith, nth, seconds } from './jobs.ts';
import { memoryJobStore } from './memoryJobStore.ts';
import { memoryOperationStore } from './memoryOperationStore.ts';
import { askedAt, operationWith } from './operations.ts';
import { testClock } from './posting.ts';

/** A failed job; the n-th operation of Dataverse. */
export const failedJob = (n: number, changes: Partial<SystemJob> = {}): SystemJob =>
  jobWith(nth(n), {
    name: `#${n}`,
    status: 'Failed',
    attention: true,
    code: 'Refused',
    attemptCount: 1,
    roundAttempts: 1,
    modifiedOn: later(acceptedAt, seconds(5)),
    ...changes,
  });

type When = 'before' | 'after' | undefined;

/** Whether a call throws, and when; may also do something at that moment. */
type Fault = (call: string, args: readonly unknown[]) => When | Promise<When>;

/** The store, of whose methods each may throw before or after it did its work, as `fault` says. */
const shaky = <Store extends object>(store: Store, fault: () => Fault): Store =>
  Object.fromEntries(
    Object.entries(store).map(([name, method]) => [
      name,
      typeof method !== 'function'
        ? (method as unknown)
        : async (...args: unknown[]): Promise<unknown> => {
            const when = await fault()(name, args);
            if (when === 'before') throw new Error(`${name} did not begin`);
            const result: unknown = await (method as (...all: unknown[]) => unknown).apply(store, args);
            if (when === 'after') throw new Error(`the answer of ${name} got lost`);
            return result;
          },
    ]),
  ) as Store;

/** The step activity of a bulk operation over stores in memory; jobs move when a test says so. */
export const operationRig = (request: Partial<OperationRequest> = {}) => {
  const jobs = memoryJobStore();
  const operations: OperationStore = memoryOperationStore();
  const clock = testClock(askedAt);
  const nudged: string[] = [];
  const deletions: { readonly id: string; readonly by: string }[] = [];
  let fault: Fault = () => undefined;
  /** Those who sleep longer wake later; what was woken does its work first. */
  const sleep = async (ms: number): Promise<void> => {
    const dueMs = clock.now().getTime() + ms;
    await new Promise((resolve) => setImmediate(resolve));
    clock.move(Math.max(0, dueMs - clock.now().getTime()));
  };
  const asked = operationWith(request);
  const { id } = asked;
  const step = operationStep({
    operations: shaky(operations, () => fault),
    jobs: shaky(jobs, () => fault),
    nudge: async (job) => {
      nudged.push(job.id);
      return true;
    },
    starter: { wake: async () => undefined },
    wakeFailed: () => undefined,
    deleted: (job, by) => deletions.push({ id: job.id, by }),
    written: () => undefined,
    now: clock.now,
    sleep,
  });

  const run = async (): Promise<OperationStepOutcome> => {
    try {
      return await step({ operationId: id });
    } catch {
      return { kind: 'again', dueOn: later(clock.now(), seconds(5)).toISOString() };
    }
  };

  const change = async (jobId: string, changes: (job: SystemJob) => Partial<SystemJob>): Promise<void> => {
    const stored = await jobs.read(jobId);
    if (stored !== undefined) await jobs.update(stored, { ...stored.job, ...changes(stored.job) });
  };

  const operation = async (): Promise<Operation> => {
    const stored = await operations.read(id);
    if (stored === undefined) throw new Error('The operation is gone.');
    return stored.operation;
  };

  return {
    id,
    jobs,
    operations,
    clock,
    /** Ids of nudged jobs, in order. */
    nudged,
    /** What was told of deleted jobs. */
    deletions,
    operation,
    change,
    setFault: (next: Fault) => {
      fault = next;
    },
    put: (job: SystemJob) => jobs.insert(job, new Uint8Array()),
    ask: () => operations.insert(asked),
    job: async (jobId: string): Promise<SystemJob | undefined> => (await jobs.read(jobId))?.job,
    /** One run of the activity; the clock goes on to when it is due. */
    run,
    step: async (): Promise<OperationStepOutcome> => {
      const outcome = await run();
      const dueMs = outcome.kind === 'again' ? Date.parse(outcome.dueOn ?? '') : Number.NaN;
      clock.move(Math.max(10, Number.isNaN(dueMs) ? 0 : dueMs - clock.now().getTime()));
      return outcome;
    },
    /** By the id of the job. */
    results: async (): Promise<readonly JobResult[]> =>
      (await operations.results(id, { top: 10_000 })).results.toSorted((a, b) =>
        a.jobId < b.jobId ? -1 : 1,
      ),
    /** How often the operation acted on a job. */
    actsOn: async (jobId: string): Promise<number> =>
      (await jobs.read(jobId))?.job.actions.filter((action) => action.operation === id).length ?? 0,
  };
};

export type OperationRig = ReturnType<typeof operationRig>;

/** What becomes of a job whose attempt is delivered, or fails for good. */
export const afterDelivery = (job: SystemJob, on: Date): Partial<SystemJob> => ({
  status: 'Succeeded',
  attention: false,
  attemptCount: job.attemptCount + 1,
  roundAttempts: 1,
  modifiedOn: on,
});

export const afterFailure = (job: SystemJob, on: Date): Partial<SystemJob> => ({
  ...afterDelivery(job, on),
  status: 'Failed',
  attention: true,
});
