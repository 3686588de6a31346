import type { Waited } from '../workflow/waited.ts';
import type { JobId } from './jobId.ts';
import type { PostMessageInput } from './postMessage.ts';
import type { DeliveredAttempt, PostOutcome } from './postOutcome.ts';
import { endlessRetries, retryDelayMs } from './retryPolicy.ts';

/** Input of a system job's orchestration; never the payload. */
export interface SystemJobInput {
  /** Number of the attempt to make first. */
  readonly attempt: number;
  /** Runs of the activity in a row that could not read or write the row (storage out of reach). */
  readonly faults: number;
  /** A delivery that is still to be recorded. */
  readonly delivered?: DeliveredAttempt;
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
  readonly waitUntilOrWoken: (dueOn: Date) => Generator<Task, Waited, unknown>;
  readonly continueAsNew: (input: SystemJobInput) => void;
}

/**
 * Most activities of one generation; it ends before that where a wait ran its time. History is replayed at every step, so
 * attempt 50 costs what attempt 2 costs.
 */
export const activitiesPerGeneration = 5;

/** How long to wait after an activity that could not even record: growing from 5 s to 5 min, for as long as it takes. */
const faultPolicy = endlessRetries(5, 300);

/**
 * Least wait between two activities. One that leaves the row alone returns the row's time, which can be past for the
 * engine's clock and ahead for the activity's: without a pause they would chase each other.
 */
const leastWaitMs = 1000;

/** Either the job rests, or this goes on at `dueMs`. */
type Step =
  | { readonly rested: PostOutcome }
  | { readonly rested?: undefined; readonly next: SystemJobInput; readonly dueMs: number };

const later = (dueMs: number, next: SystemJobInput): Step => ({ next, dueMs });

/** The row could not be read or written: the same again later. */
const afterFault = <Task>(context: SystemJobContext<Task>, input: SystemJobInput): Step => {
  const faults = input.faults + 1;
  const dueMs = context.now().getTime() + retryDelayMs(faultPolicy, context.jobId, faults);
  return later(dueMs, { ...input, faults });
};

function* runActivity<Task>(
  context: SystemJobContext<Task>,
  { attempt, faults, delivered }: SystemJobInput,
): Generator<Task, Step, unknown> {
  let outcome: PostOutcome;
  const known = delivered === undefined ? {} : { delivered };
  try {
    outcome = yield* context.post({ jobId: context.jobId, attempt, ...known });
  } catch {
    return afterFault(context, { attempt, faults, ...known });
  }
  switch (outcome.kind) {
    case 'rested':
      return { rested: outcome };
    case 'retryLater':
      return later(Date.parse(outcome.dueOn), { attempt: outcome.attempt, faults: 0 });
    case 'unrecorded':
      return afterFault(context, { attempt, faults, delivered: outcome.delivered });
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
  let input = context.input;
  for (let activity = 1; activity <= activitiesPerGeneration; activity += 1) {
    const step: Step = yield* runActivity(context, input);
    if (step.rested !== undefined) return step.rested;
    const earliestMs = context.now().getTime() + leastWaitMs;
    const waited = yield* context.waitUntilOrWoken(new Date(Math.max(step.dueMs, earliestMs)));
    input = step.next;
    if (waited === 'due') break;
  }
  context.continueAsNew(input);
  return undefined;
}
