import type { ExecutionStarted, HistoryEvent } from '../history/events.ts';
import type { Decision } from './decision.ts';
import { openTask, type Task } from './task.ts';

/** What the engine knows of the app's functions; names are compared without regard to case. */
export interface KnownFunctions {
  hasActivity(name: string): boolean;
  hasOrchestrator(name: string): boolean;
}

/** Limits and intervals the extension reads from host.json, in milliseconds where they are times. */
export interface ReplayLimits {
  /** `maxOrchestrationActions`; default 100 000. */
  readonly maxActions: number;
  /** Longest timer in one piece: 6 days for Azure Storage. */
  readonly maximumTimerMs: number;
  /** Length of the pieces of a longer one: 3 days. */
  readonly longTimerPieceMs: number;
  /** Wait between two polls of `callHttp` when the answer has no Retry-After; default 30 s. */
  readonly httpPollMs: number;
  /** `maxConcurrent…` has no part in a replay. Custom status: 16 KB of UTF-16. */
  readonly maxCustomStatusKb: number;
}

export const defaultLimits: ReplayLimits = {
  maxActions: 100_000,
  maximumTimerMs: 6 * 86_400_000,
  longTimerPieceMs: 3 * 86_400_000,
  httpPollMs: 30_000,
  maxCustomStatusKb: 16,
};

/** The state of one replay: DurableTask.Core's TaskOrchestrationContext and the extension's context on top of it. */
export interface Execution {
  readonly started: ExecutionStarted;
  readonly functions: KnownFunctions;
  readonly limits: ReplayLimits;
  /** `CurrentUtcDateTime`: the time of the last OrchestratorStarted. */
  now: string;
  nextId: number;
  actionCount: number;
  /** Decided and not (yet) found in history, by number. */
  readonly decisions: Map<number, Decision>;
  /** Decided before a suspension that has not ended. */
  readonly parked: Map<number, Decision>;
  /** Started and not completed, by number. */
  readonly open: Map<number, Task>;
  /** Waits for external events by lower-cased name, latest last. */
  readonly waits: Map<string, Task[]>;
  /** Events nobody waited for yet, by lower-cased name, oldest first. */
  readonly buffered: Map<string, (string | null)[]>;
  suspended: boolean;
  /** Events that came while suspended. */
  readonly held: HistoryEvent[];
  continueWith: { readonly input: string | null } | undefined;
  readonly carryOver: HistoryEvent[];
  /** Completed or terminated: a second completion is ignored. */
  ended: boolean;
  /** The extension's context has one flag for all its timers. */
  inLongTimer: boolean;
  customStatus: string | null;
  /** What a developer should hear about: things the real engine passes over in silence. */
  readonly warnings: string[];
}

export const newExecution = (
  started: ExecutionStarted,
  functions: KnownFunctions,
  limits: ReplayLimits,
): Execution => ({
  started,
  functions,
  limits,
  now: started.at,
  nextId: 0,
  actionCount: 0,
  decisions: new Map(),
  parked: new Map(),
  open: new Map(),
  waits: new Map(),
  buffered: new Map(),
  suspended: false,
  held: [],
  continueWith: undefined,
  carryOver: [],
  ended: false,
  inLongTimer: false,
  customStatus: null,
  warnings: [],
});

/** Records a decision under the next number and opens the task that its completion will settle. */
export const decide = (execution: Execution, make: (id: number) => Decision): Task => {
  const id = execution.nextId;
  execution.nextId += 1;
  execution.decisions.set(id, make(id));
  const task = openTask();
  execution.open.set(id, task);
  return task;
};

export const TOO_MANY_ACTIONS = 'Maximum amount of orchestration actions has been reached.';

/**
 * Counts an API call of the orchestration; false once the bound is reached. The engine then schedules nothing, and an
 * instance that waits for the call waits for ever: a developer should know.
 */
export const countAction = (execution: Execution): boolean => {
  execution.actionCount += 1;
  const { maxActions } = execution.limits;
  if (execution.actionCount === maxActions + 1) {
    execution.warnings.push(`${TOO_MANY_ACTIONS} Nothing more is scheduled; the instance waits for ever.`);
  }
  return execution.actionCount <= maxActions;
};
