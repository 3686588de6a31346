import type {
  ExecutionStarted,
  HistoryEvent,
  SubOrchestrationFailed,
  TaskFailed,
} from '../history/events.ts';
import type { OrchestratorAnswer } from './answer.ts';
import { complete, decisionsInOrder } from './completion.ts';
import type { Decision } from './decision.ts';
import {
  defaultLimits,
  newExecution,
  type Execution,
  type KnownFunctions,
  type ReplayLimits,
} from './execution.ts';
import { raiseEvent } from './externalEvents.ts';
import { describeMismatch, type Scheduled } from './mismatch.ts';
import { program } from './program.ts';
import { failed, settle, settledTask, start, succeeded, type Outcome, type Task } from './task.ts';

export interface ReplayInput {
  /** The whole history, the events of this turn included. */
  readonly events: readonly HistoryEvent[];
  readonly answer: OrchestratorAnswer;
  readonly functions: KnownFunctions;
  readonly limits?: ReplayLimits;
}

export interface ReplayResult {
  /** What is new, in the order of the sequence numbers. */
  readonly decisions: readonly Decision[];
  /** JSON text; null when the function set none. */
  readonly customStatus: string | null;
  readonly warnings: readonly string[];
}

interface Run {
  readonly execution: Execution;
  /** The orchestration itself. */
  readonly main: Task;
}

/** Thrown inside a replay when history and decisions do not agree. */
class NonDeterministic extends Error {}

const settleOpen = ({ execution }: Run, taskId: number, outcome: Outcome): void => {
  const task = execution.open.get(taskId);
  if (task === undefined) return; // a second completion of the same task
  settle(task, outcome);
  execution.open.delete(taskId);
};

const matchScheduled = ({ execution }: Run, event: Scheduled): void => {
  const fault = describeMismatch(event, execution.decisions.get(event.id));
  if (fault !== undefined) throw new NonDeterministic(fault);
  execution.decisions.delete(event.id);
};

const failureOf = ({ reason, details, failureDetails }: TaskFailed | SubOrchestrationFailed): Outcome => ({
  ...failed(reason, details),
  ...(failureDetails === undefined ? {} : { failureDetails }),
});

const suspend = ({ execution }: Run): void => {
  execution.suspended = true;
  for (const [id, decision] of execution.decisions) execution.parked.set(id, decision);
  execution.decisions.clear();
};

const resume = (run: Run): void => {
  const { execution } = run;
  execution.suspended = false;
  for (const [id, decision] of execution.parked) execution.decisions.set(id, decision);
  execution.parked.clear();
  for (let event = execution.held.shift(); event !== undefined; event = execution.held.shift())
    process(run, event);
};

const handle = (run: Run, event: HistoryEvent): void => {
  switch (event.type) {
    case 'TaskScheduled':
    case 'TimerCreated':
    case 'SubOrchestrationInstanceCreated':
      matchScheduled(run, event);
      break;
    case 'TaskCompleted':
    case 'SubOrchestrationInstanceCompleted':
      settleOpen(run, event.taskId, succeeded(event.result));
      break;
    case 'TaskFailed':
    case 'SubOrchestrationInstanceFailed':
      settleOpen(run, event.taskId, failureOf(event));
      break;
    case 'TimerFired':
      settleOpen(run, event.timerId, succeeded(null));
      break;
    case 'EventRaised':
      raiseEvent(run.execution, event);
      break;
    case 'ExecutionTerminated':
      complete(run.execution, 'Terminated', failed(event.reason));
      break;
    case 'ExecutionSuspended':
      suspend(run);
      break;
    case 'ExecutionResumed':
      resume(run);
      break;
    case 'OrchestratorStarted':
    case 'OrchestratorCompleted':
    case 'ExecutionStarted':
    case 'ExecutionCompleted':
    case 'GenericEvent':
      break;
  }
};

/** While suspended only a resume or a termination is looked at; all else waits. */
const process = (run: Run, event: HistoryEvent): void => {
  const isHeld =
    run.execution.suspended && event.type !== 'ExecutionResumed' && event.type !== 'ExecutionTerminated';
  if (!isHeld) handle(run, event);
  else if (event.type !== 'ExecutionSuspended') run.execution.held.push(event);
};

const begin = (execution: Execution, answer: OrchestratorAnswer): Run => {
  const body = program(execution, answer);
  return { execution, main: 'ok' in body ? settledTask(body) : start(body) };
};

const replayAll = (execution: Execution, { events, answer }: ReplayInput): void => {
  let run: Run | undefined;
  for (const event of events) {
    if (event.type === 'OrchestratorStarted') execution.now = event.at;
    else if (event.type === 'ExecutionStarted') run = begin(execution, answer);
    else if (run !== undefined) process(run, event);
  }
  const outcome = run?.main.outcome;
  if (outcome === undefined || execution.open.size > 0) return;
  complete(execution, outcome.ok ? 'Completed' : 'Failed', outcome);
};

const startedOf = (events: readonly HistoryEvent[]): ExecutionStarted => {
  const found = events.filter((event) => event.type === 'ExecutionStarted');
  const [started] = found;
  if (started === undefined) throw new Error('An ExecutionStarted event is required.');
  if (found.length > 1)
    throw new Error('Multiple ExecutionStartedEvent found, potential corruption in state storage');
  return started;
};

/**
 * The host's half of a turn: runs the action list that the function answered against the whole history, in step with
 * it, and returns what is left without an event. Pure: no clock, no I/O. Source: DurableTask.Core
 * `TaskOrchestrationExecutor` and `TaskOrchestrationContext`.
 *
 * @throws Error when the history has no ExecutionStarted, or two.
 */
export const replay = (input: ReplayInput): ReplayResult => {
  const execution = newExecution(startedOf(input.events), input.functions, input.limits ?? defaultLimits);
  try {
    replayAll(execution, input);
  } catch (error) {
    if (!(error instanceof NonDeterministic)) throw error;
    const details = `Unhandled exception while executing orchestration: ${error.message}`;
    complete(execution, 'Failed', failed(error.message, details));
  }
  const { customStatus, warnings } = execution;
  return { decisions: decisionsInOrder(execution), customStatus, warnings };
};
