import type { ExecutionStarted, HistoryEvent, TaskCompleted, TaskFailed } from '../durable/history/events.ts';

/** `runtimeStatus` as the HTTP API shows it. */
export type RuntimeStatus = 'Pending' | 'Running' | 'Suspended' | 'Completed' | 'Failed' | 'Terminated';

/** A call of an activity that a turn decided. `input` is JSON text. */
export interface NewTask {
  readonly taskId: number;
  readonly name: string;
  readonly input: string | null;
}

/** A timer that a turn created; `dueMs` is when it is delivered, which may be up to a second before `fireAt`. */
export interface NewTimer {
  readonly timerId: number;
  readonly fireAt: string;
  readonly createdAt: string;
  readonly dueMs: number;
}

/** A message from one orchestration to another; dropped when the receiver has moved on to another execution. */
export interface Send {
  readonly id: string;
  readonly executionId: string;
  readonly event: HistoryEvent;
}

/**
 * Everything a turn changes, in one record: messages taken, events appended, and what it sends out. Effects start
 * only after it is stored.
 */
export interface TurnRecord {
  readonly k: 'turn';
  readonly id: string;
  /** The execution after the turn: another one than before when it continued as new. */
  readonly executionId: string;
  /** Numbers of the inbox messages that the turn took. */
  readonly taken: readonly number[];
  /** Timers whose firing the turn took. */
  readonly fired: readonly number[];
  /** Events to append; the whole history when `reset`. */
  readonly events: readonly HistoryEvent[];
  readonly reset: boolean;
  readonly status: RuntimeStatus;
  readonly customStatus: string | null;
  readonly at: string;
  readonly tasks: readonly NewTask[];
  readonly timers: readonly NewTimer[];
  readonly starts: readonly ExecutionStarted[];
  readonly sends: readonly Send[];
}

/** When a timer-triggered function last ran and runs next; ISO 8601 in UTC. */
export interface ScheduleStatus {
  readonly last: string;
  readonly next: string;
  readonly lastUpdated: string;
}

/** An inbox message: `number` counts per instance, `executionId` only where it is meant for one execution. */
export interface StoredMessage {
  readonly number: number;
  readonly executionId?: string;
  readonly event: HistoryEvent;
}

/** An activity that has to run (again, after a crash). */
export interface PendingTask extends NewTask {
  readonly key: number;
  readonly instanceId: string;
  readonly executionId: string;
}

/** The state of one instance as a compacted journal keeps it. */
export interface InstanceRecord {
  readonly k: 'instance';
  readonly id: string;
  readonly status: RuntimeStatus;
  readonly customStatus: string | null;
  readonly updated: string;
  readonly history: readonly HistoryEvent[];
  readonly started: ExecutionStarted;
  readonly inbox: readonly StoredMessage[];
  readonly nextMessage: number;
  readonly timers: readonly NewTimer[];
}

/** One line of the journal. */
export type HubRecord =
  | TurnRecord
  | { readonly k: 'start'; readonly event: ExecutionStarted }
  | { readonly k: 'message'; readonly id: string; readonly event: HistoryEvent }
  /** An activity has ended; `key` names its task. */
  | {
      readonly k: 'done';
      readonly key: number;
      readonly id: string;
      readonly executionId: string;
      readonly event: TaskCompleted | TaskFailed;
    }
  /** A failed instance whose failures are undone; `event` sets it going again unless a child does. */
  | {
      readonly k: 'rewind';
      readonly id: string;
      readonly history: readonly HistoryEvent[];
      readonly at: string;
      readonly event?: HistoryEvent;
    }
  | { readonly k: 'purge'; readonly ids: readonly string[] }
  | { readonly k: 'schedule'; readonly name: string; readonly status: ScheduleStatus }
  | { readonly k: 'hub'; readonly nextTask: number }
  | { readonly k: 'task'; readonly task: PendingTask }
  | InstanceRecord;
