import { endlessRetries, retryDelayMs } from '../job/retryPolicy.ts';
import type { OperationId } from './operationId.ts';
import type { OperationStepInput, OperationStepOutcome } from './operationStep.ts';

/** Input of a bulk operation's orchestration. */
export interface OperationWorkflowInput {
  /** Runs of the activity in a row that ended in an exception (storage out of reach). */
  readonly faults: number;
}

/** All that the workflow may touch. `Task` is what the engine's generator yields. */
export interface OperationContext<Task> {
  readonly operationId: OperationId;
  readonly input: OperationWorkflowInput;
  /** The engine's time: the same in every replay. */
  readonly now: () => Date;
  /** Runs the step activity; throws what the activity threw. */
  readonly step: (input: OperationStepInput) => Generator<Task, OperationStepOutcome, unknown>;
  /** Waits for the time, or for somebody who says "look again", whichever is first. */
  readonly waitUntilOrWoken: (dueOn: Date) => Generator<Task, void, unknown>;
  readonly continueAsNew: (input: OperationWorkflowInput) => void;
}

/** Activities of one generation; history starts afresh after them. */
export const stepsPerGeneration = 10;

/** How long to wait after an activity that threw: growing from 5 s to 1 min, for as long as it takes. */
const faultPolicy = endlessRetries(5, 60);

/** Least wait, where there is one: engine and activity need not have the same clock. */
const leastWaitMs = 1000;

interface Turn {
  readonly isOver?: boolean;
  readonly faults: number;
  readonly dueMs?: number;
}

function* runStep<Task>(context: OperationContext<Task>, faults: number): Generator<Task, Turn, unknown> {
  const { operationId } = context;
  try {
    const outcome = yield* context.step({ operationId, faults });
    if (outcome.kind === 'over') return { isOver: true, faults: 0 };
    return { faults: 0, ...(outcome.dueOn === undefined ? {} : { dueMs: Date.parse(outcome.dueOn) }) };
  } catch {
    const dueMs = context.now().getTime() + retryDelayMs(faultPolicy, operationId, faults + 1);
    return { faults: faults + 1, dueMs };
  }
}

/**
 * The life of a bulk operation: a step, a wait where one is due, the next step, until it is over.
 *
 * The order of what is yielded here is the format of operations in flight; golden histories in the tests hold it. A
 * generation begins with the activity, which reads the row, so a wake-up that the engine drops loses nothing.
 */
export function* operationWorkflow<Task>(context: OperationContext<Task>): Generator<Task, void, unknown> {
  let { faults } = context.input;
  for (let steps = 1; steps <= stepsPerGeneration; steps += 1) {
    const turn: Turn = yield* runStep(context, faults);
    if (turn.isOver === true) return;
    faults = turn.faults;
    if (turn.dueMs !== undefined) {
      const earliestMs = context.now().getTime() + leastWaitMs;
      yield* context.waitUntilOrWoken(new Date(Math.max(turn.dueMs, earliestMs)));
    }
  }
  context.continueAsNew({ faults });
}
