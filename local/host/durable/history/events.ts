/**
 * The history of an orchestration as the engine keeps it: DurableTask.Core's history events without the members
 * that are always null here. Times (`at`, `fireAt`) are ISO 8601 in UTC; payloads (`input`, `result`) are JSON text,
 * null when there is none. `id` is the sequence number of the action that an event answers for.
 */
export type HistoryEvent =
  | OrchestratorStarted
  | OrchestratorCompleted
  | ExecutionStarted
  | ExecutionCompleted
  | ExecutionTerminated
  | ExecutionSuspended
  | ExecutionResumed
  | TaskScheduled
  | TaskCompleted
  | TaskFailed
  | SubOrchestrationCreated
  | SubOrchestrationCompleted
  | SubOrchestrationFailed
  | TimerCreated
  | TimerFired
  | EventRaised
  | GenericEvent;

interface Stamped {
  readonly at: string;
  /** The function has seen this event in an earlier turn. Only set on events that came from outside the turn. */
  readonly played?: true;
}

export interface OrchestratorStarted extends Stamped {
  readonly type: 'OrchestratorStarted';
}

export interface OrchestratorCompleted extends Stamped {
  readonly type: 'OrchestratorCompleted';
}

/** Who waits for a sub-orchestration: its own task `taskId` there. */
export interface ParentInstance {
  readonly name: string;
  readonly instanceId: string;
  readonly executionId: string;
  readonly taskId: number;
  readonly version?: string;
}

export interface ExecutionStarted extends Stamped {
  readonly type: 'ExecutionStarted';
  readonly name: string;
  readonly instanceId: string;
  readonly executionId: string;
  readonly input: string | null;
  readonly version?: string;
  readonly parent?: ParentInstance;
  /** 0 for a start by a client, one more for each reuse of the id; absent for children and continued executions. */
  readonly generation?: number;
}

export type FinalStatus = 'Completed' | 'Failed' | 'Terminated';

/** Structured failure of newer extensions, camel-cased; handed to the function only when switched on. */
export interface FailureDetails {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly stackTrace: string | null;
  readonly isNonRetriable: boolean;
}

export interface ExecutionCompleted extends Stamped {
  readonly type: 'ExecutionCompleted';
  readonly id: number;
  readonly status: FinalStatus;
  /** JSON text when completed, plain text (the reason) when failed or terminated. */
  readonly result: string | null;
  readonly failureDetails?: FailureDetails;
}

export interface ExecutionTerminated extends Stamped {
  readonly type: 'ExecutionTerminated';
  readonly reason: string | null;
}

export interface ExecutionSuspended extends Stamped {
  readonly type: 'ExecutionSuspended';
  readonly reason: string | null;
}

export interface ExecutionResumed extends Stamped {
  readonly type: 'ExecutionResumed';
  readonly reason: string | null;
}

export interface TaskScheduled extends Stamped {
  readonly type: 'TaskScheduled';
  readonly id: number;
  readonly name: string;
}

export interface TaskCompleted extends Stamped {
  readonly type: 'TaskCompleted';
  readonly taskId: number;
  readonly result: string | null;
}

interface TaskFailure {
  readonly taskId: number;
  readonly reason: string;
  /** A serialized .NET exception, or null. */
  readonly details: string | null;
  readonly failureDetails?: FailureDetails;
}

export interface TaskFailed extends Stamped, TaskFailure {
  readonly type: 'TaskFailed';
}

export interface SubOrchestrationCreated extends Stamped {
  readonly type: 'SubOrchestrationInstanceCreated';
  readonly id: number;
  readonly name: string;
  readonly instanceId: string;
  readonly version?: string;
}

export interface SubOrchestrationCompleted extends Stamped {
  readonly type: 'SubOrchestrationInstanceCompleted';
  readonly taskId: number;
  readonly result: string | null;
}

export interface SubOrchestrationFailed extends Stamped, Omit<TaskFailure, 'reason'> {
  readonly type: 'SubOrchestrationInstanceFailed';
  readonly reason: string | null;
}

export interface TimerCreated extends Stamped {
  readonly type: 'TimerCreated';
  readonly id: number;
  readonly fireAt: string;
}

export interface TimerFired extends Stamped {
  readonly type: 'TimerFired';
  readonly timerId: number;
  readonly fireAt: string;
}

export interface EventRaised extends Stamped {
  readonly type: 'EventRaised';
  readonly name: string;
  readonly input: string | null;
}

/** Left by a rewind: in place of a failure that was undone, or as the message that set the instance going again. */
export interface GenericEvent extends Stamped {
  readonly type: 'GenericEvent';
  readonly id?: number;
  readonly data: string | null;
}
