import type { ExecutionStarted, HistoryEvent } from '../../../../local/host/durable/history/events.ts';
import type { Action, OrchestratorState } from '../../../../local/host/durable/replay/answer.ts';
import type { Decision } from '../../../../local/host/durable/replay/decision.ts';
import { replay, type ReplayResult } from '../../../../local/host/durable/replay/replay.ts';

/** Time zero of hand-written histories. */
export const T0 = '2026-01-01T00:00:00Z';

/** A time some milliseconds after {@link T0}. */
export const at = (ms: number): string => new Date(Date.parse(T0) + ms).toISOString().replace(/\.?0+Z$/, 'Z');

export const begin = (ms: number): HistoryEvent => ({ type: 'OrchestratorStarted', at: at(ms) });
export const end: HistoryEvent = { type: 'OrchestratorCompleted', at: T0 };

export const started = (more: Partial<ExecutionStarted> = {}): ExecutionStarted => ({
  type: 'ExecutionStarted',
  at: T0,
  name: 'Flow',
  instanceId: 'i',
  executionId: 'x',
  input: null,
  generation: 0,
  ...more,
});

export const scheduled = (id: number, name = 'Echo'): HistoryEvent => ({
  type: 'TaskScheduled',
  at: T0,
  id,
  name,
});
export const completed = (taskId: number, result: unknown = null): HistoryEvent => ({
  type: 'TaskCompleted',
  at: T0,
  taskId,
  result: JSON.stringify(result),
});
export const taskFailed = (taskId: number): HistoryEvent => ({
  type: 'TaskFailed',
  at: T0,
  taskId,
  reason: 'no',
  details: null,
});
export const timerCreated = (id: number, fireMs: number): HistoryEvent => ({
  type: 'TimerCreated',
  at: T0,
  id,
  fireAt: at(fireMs),
});
export const timerFired = (timerId: number, fireMs = 0): HistoryEvent => ({
  type: 'TimerFired',
  at: T0,
  timerId,
  fireAt: at(fireMs),
});
export const raised = (name: string, input: unknown = null): HistoryEvent => ({
  type: 'EventRaised',
  at: T0,
  name,
  input: JSON.stringify(input),
});
export const childCreated = (id: number, name = 'Child', instanceId = `x:${id}`): HistoryEvent => ({
  type: 'SubOrchestrationInstanceCreated',
  at: T0,
  id,
  name,
  instanceId,
});
export const suspended: HistoryEvent = { type: 'ExecutionSuspended', at: T0, reason: null };
export const resumed: HistoryEvent = { type: 'ExecutionResumed', at: T0, reason: null };
export const terminated = (reason: string | null): HistoryEvent => ({
  type: 'ExecutionTerminated',
  at: T0,
  reason,
});

export const callActivity = (name = 'Echo', input: unknown = null): Action => ({
  actionType: 0,
  functionName: name,
  input,
});
export const retried = (options: Action['retryOptions'], name = 'Echo'): Action => ({
  actionType: 1,
  functionName: name,
  ...(options === undefined ? {} : { retryOptions: options }),
});
export const callChild = (instanceId?: string): Action => ({
  actionType: 2,
  functionName: 'Child',
  input: 1,
  ...(instanceId === undefined ? {} : { instanceId }),
});
export const continueAsNew = (input: unknown): Action => ({ actionType: 4, input });
export const timer = (ms: number, isCanceled = false): Action => ({
  actionType: 5,
  fireAt: at(ms),
  isCanceled,
});
export const waitFor = (externalEventName: string): Action => ({ actionType: 6, externalEventName });
export const http = (more: object = {}): Action => ({
  actionType: 8,
  httpRequest: { method: 'GET', uri: 'http://there/', asynchronousPatternEnabled: true, ...more },
});
export const any = (...compoundActions: Action[]): Action => ({ actionType: 11, compoundActions });
export const all = (...compoundActions: Action[]): Action => ({ actionType: 12, compoundActions });

/** What a function answers: its action list, and perhaps that it is done. */
export const running = (...actions: Action[]): OrchestratorState => ({ isDone: false, actions: [actions] });
export const done = (output: unknown, ...actions: Action[]): OrchestratorState => ({
  isDone: true,
  output,
  actions: [actions],
});
export const failing = (error: string, ...actions: Action[]): OrchestratorState => ({
  isDone: false,
  error,
  actions: [actions],
});

const known = {
  hasActivity: (name: string) => name.toLowerCase() !== 'unknown',
  hasOrchestrator: (name: string) => name.toLowerCase() !== 'unknown',
};

export const replayState = (
  state: OrchestratorState,
  events: readonly HistoryEvent[],
  thrown = state.error !== undefined,
): ReplayResult => replay({ events, answer: { kind: 'state', state, thrown }, functions: known });

/** Decisions in short: `task 0 Echo`, `timer 1 +5000`, `done 2 "x"`. */
export const brief = (decision: Decision): string => {
  switch (decision.kind) {
    case 'ScheduleTask':
      return `task ${decision.id} ${decision.name}`;
    case 'CreateTimer':
      return `timer ${decision.id} +${Date.parse(decision.fireAt) - Date.parse(T0)}`;
    case 'CreateSubOrchestration':
      return `child ${decision.id} ${decision.name} ${decision.instanceId}`;
    case 'ContinueAsNew':
      return `continue ${decision.id} ${decision.input ?? 'null'} carrying ${decision.carryOver.length}`;
    case 'Complete':
      return `${decision.status} ${decision.id} ${decision.result ?? 'null'}`;
  }
};

/** The decisions of one turn over a history, in short. */
export const decide = (state: OrchestratorState, ...events: HistoryEvent[]): string[] =>
  replayState(state, events).decisions.map(brief);
