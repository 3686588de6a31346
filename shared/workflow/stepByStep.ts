import { endlessRetries, retryDelayMs } from '../job/retryPolicy.ts';
import type { Waited } from './waited.ts';

/** What a step says when there is more to do: at once, or at `dueOn` (ISO 8601). */
export interface Again {
  readonly kind: 'again';
  readonly dueOn?: string;
}

/** All that a workflow of steps may touch. `Task` is what the engine's generator yields, `Over` how a step says the end. */
export interface SteppedContext<Task, Over> {
  /** Spreads the waits of many workflows over time. */
  readonly id: string;
  /** Runs of the activity in a row that ended in an exception (storage out of reach), before this generation. */
  readonly faults: number;
  /** The engine's time: the same in every replay. */
  readonly now: () => Date;
  /** Runs the activity; throws what it threw. */
  readonly step: (faults: number) => Generator<Task, Over | Again, unknown>;
  /** Waits for the time, or for somebody who says "look again", whichever is first. */
  readonly waitUntilOrWoken: (dueOn: Date) => Generator<Task, Waited, unknown>;
  readonly continueAsNew: (faults: number) => void;
}

/** Most activities of one generation; history starts afresh after them, as behind each wait that nobody ended. */
export const stepsPerGeneration = 10;

/** How long to wait after an activity that threw: growing from 5 s to 1 min, for as long as it takes. */
const faultPolicy = endlessRetries(5, 60);

/** Least wait, where there is one: engine and activity need not have the same clock. */
const leastWaitMs = 1000;

/** Durable timers may fire up to a second early; a step that comes too early would only ask again, many times. */
const timerEarlyMs = 1000;

interface Turn<Over> {
  readonly outcome: Over | Again;
  readonly faults: number;
}

const isAgain = (outcome: object): outcome is Again => 'kind' in outcome && outcome.kind === 'again';

function* runStep<Task, Over extends object>(
  context: SteppedContext<Task, Over>,
  before: number,
): Generator<Task, Turn<Over>, unknown> {
  try {
    return { outcome: yield* context.step(before), faults: 0 };
  } catch {
    const faults = before + 1;
    const dueMs = context.now().getTime() + retryDelayMs(faultPolicy, context.id, faults);
    return { outcome: { kind: 'again', dueOn: new Date(dueMs).toISOString() }, faults };
  }
}

/**
 * A step, a wait where one is due, the next step, until one says that it is over. Each step reads the row and does what
 * that says, so a wake-up that the engine drops between two generations loses nothing.
 *
 * The order of what is yielded here is the format of workflows in flight; golden histories in the tests hold it.
 *
 * @returns what the last step said; undefined when it continues as new.
 */
export function* stepByStep<Task, Over extends object>(
  context: SteppedContext<Task, Over>,
): Generator<Task, Over | undefined, unknown> {
  let { faults } = context;
  for (let steps = 1; steps <= stepsPerGeneration; steps += 1) {
    const turn: Turn<Over> = yield* runStep(context, faults);
    const { outcome } = turn;
    if (!isAgain(outcome)) return outcome;
    faults = turn.faults;
    if (outcome.dueOn !== undefined) {
      const dueMs = Math.max(Date.parse(outcome.dueOn), context.now().getTime() + leastWaitMs);
      const waited = yield* context.waitUntilOrWoken(new Date(dueMs + timerEarlyMs));
      if (waited === 'due') break;
    }
  }
  context.continueAsNew(faults);
  return undefined;
}
