import type { JobId } from './jobId.ts';
import type { PostMessageInput } from './postMessage.ts';
import type { PostOutcome } from './postOutcome.ts';
import { retryDelayMs } from './retryPolicy.ts';

/** Input of a system job's orchestration; never the payload. */
export interface SystemJobInput {
  /** Number of the attempt to make first. */
  readonly attempt: number;
  /** Runs of the activity in a row that ended in an exception (storage out of reach). */
  readonly faults: number;
}

/**
 * All that the workflow may touch. `Task` is what the engine's generator yields; the workflow only passes it on.
 */
export interface SystemJobContext<Task> {
  readonly jobId: JobId;
  readonly input: SystemJobInput;
  /** The engine's time: the same in every replay. */
  readonly now: () => Date;
  /** Runs the post activity; throws what the activity threw. */
  readonly post: (input: PostMessageInput) => Generator<Task, PostOutcome, unknown>;
  /** Waits for the time, or for somebody who says "look again", whichever is first. */
  readonly waitUntilOrWoken: (dueOn: Date) => Generator<Task, void, unknown>;
  readonly continueAsNew: (input: SystemJobInput) => void;
}

/**
 * Activities of one generation. History is replayed at every step, so it starts afresh after a few: attempt 50 costs
 * what attempt 2 costs.
 */
export const activitiesPerGeneration = 5;

/** How long to wait after an activity that could not even record: growing from 5 s to 5 min, for as long as it takes. */
const faultPolicy = {
  firstDelaySeconds: 5,
  factor: 2,
  longestDelaySeconds: 300,
  totalHours: Number.POSITIVE_INFINITY,
  maxAttempts: Number.POSITIVE_INFINITY,
};

interface Step {
  readonly outcome: PostOutcome;
  readonly faults: number;
}

/** An exception means that the row could not be read or written; the same attempt is made again later. */
function* postOrWait<Task>(
  context: SystemJobContext<Task>,
  attempt: number,
  faults: number,
): Generator<Task, Step, unknown> {
  try {
    return { outcome: yield* context.post({ jobId: context.jobId, attempt }), faults: 0 };
  } catch {
    const delayMs = retryDelayMs(faultPolicy, context.jobId, faults + 1);
    const dueOn = new Date(context.now().getTime() + delayMs).toISOString();
    return { outcome: { kind: 'retryLater', dueOn, attempt }, faults: faults + 1 };
  }
}

/**
 * The life of a system job: post, wait, post again, until the job rests.
 *
 * The order of what is yielded here is the format of jobs in flight; golden histories in the tests hold it. A generation
 * ends after a wait and begins with the activity, which reads the row: a wake-up that the engine drops in between was
 * written to the row before, so nothing it asked for is lost.
 */
export function* systemJobWorkflow<Task>(
  context: SystemJobContext<Task>,
): Generator<Task, PostOutcome | undefined, unknown> {
  let { attempt, faults } = context.input;
  for (let activity = 1; activity <= activitiesPerGeneration; activity += 1) {
    const step: Step = yield* postOrWait(context, attempt, faults);
    if (step.outcome.kind === 'rested') return step.outcome;
    yield* context.waitUntilOrWoken(new Date(step.outcome.dueOn));
    ({ attempt } = step.outcome);
    ({ faults } = step);
  }
  context.continueAsNew({ attempt, faults });
  return undefined;
}
