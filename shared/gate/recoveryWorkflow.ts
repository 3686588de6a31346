import { endlessRetries, retryDelayMs } from '../job/retryPolicy.ts';

/** Input of an endpoint's recovery. */
export interface RecoveryInput {
  readonly endpoint: string;
  /** Runs of the activity in a row that failed (storage out of reach). */
  readonly faults: number;
}

/**
 * What one run of the recovery activity tells the workflow.
 *
 * - `rested`: nothing is left to do. An opening breaker, a person or the sweeper starts it again.
 * - `again`: look again at `dueOn` (ISO 8601).
 */
export type RecoveryOutcome =
  { readonly kind: 'rested'; readonly because: string } | { readonly kind: 'again'; readonly dueOn: string };

/** All that the workflow may touch. */
export interface RecoveryContext<Task> {
  readonly input: RecoveryInput;
  /** The engine's time: the same in every replay. */
  readonly now: () => Date;
  /** Runs the recovery activity; throws what it threw. */
  readonly step: (endpoint: string) => Generator<Task, RecoveryOutcome, unknown>;
  readonly waitUntilOrWoken: (dueOn: Date) => Generator<Task, void, unknown>;
  readonly continueAsNew: (input: RecoveryInput) => void;
}

/** Activities of one generation; history is replayed at every step. */
export const stepsPerGeneration = 10;

/** How long to wait after an activity that failed: growing from 5 s to 1 min, for as long as it takes. */
const faultPolicy = endlessRetries(5, 60);

/** Least wait between two activities, so that clocks that differ cannot make them chase each other. */
const leastWaitMs = 1000;

interface Step {
  readonly outcome: RecoveryOutcome;
  readonly faults: number;
}

function* runStep<Task>(
  context: RecoveryContext<Task>,
  { endpoint, faults }: RecoveryInput,
): Generator<Task, Step, unknown> {
  try {
    return { outcome: yield* context.step(endpoint), faults: 0 };
  } catch {
    const failures = faults + 1;
    const dueMs = context.now().getTime() + retryDelayMs(faultPolicy, endpoint, failures);
    return { outcome: { kind: 'again', dueOn: new Date(dueMs).toISOString() }, faults: failures };
  }
}

/**
 * Looks at an endpoint's row until it needs no more help: each step reads what the row says and does it. The order of
 * what is yielded here is the format of recoveries in flight; golden histories in the tests hold it.
 */
export function* recoveryWorkflow<Task>(
  context: RecoveryContext<Task>,
): Generator<Task, RecoveryOutcome | undefined, unknown> {
  let { input } = context;
  for (let steps = 1; steps <= stepsPerGeneration; steps += 1) {
    const { outcome, faults }: Step = yield* runStep(context, input);
    if (outcome.kind === 'rested') return outcome;
    const earliestMs = context.now().getTime() + leastWaitMs;
    yield* context.waitUntilOrWoken(new Date(Math.max(Date.parse(outcome.dueOn), earliestMs)));
    input = { ...input, faults };
  }
  context.continueAsNew(input);
  return undefined;
}
