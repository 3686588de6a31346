import type { ExecutionStarted, HistoryEvent } from '../durable/history/events.ts';
import { toWireList } from '../durable/history/wire.ts';
import type { NewTimer, PendingTask, RuntimeStatus, ScheduleStatus, StoredMessage } from './records.ts';

/** A message that waits for the next turn. Timer firings are not stored: the timer itself is. */
export type Message = StoredMessage & { readonly timerId?: number };

/** One orchestration instance in memory. */
export interface Instance {
  readonly id: string;
  /** The current execution's start: name, input, parent. */
  started: ExecutionStarted;
  status: RuntimeStatus;
  customStatus: string | null;
  /** JSON text when completed, plain text otherwise; null while it runs. */
  output: string | null;
  updated: string;
  /** Events of a live instance. A finished one keeps them packed. */
  history: readonly HistoryEvent[];
  /** `history` as the function receives it, without brackets. */
  wire: string;
  /** The history of a finished instance as JSON text: small, and rarely read. */
  packed: string | undefined;
  inbox: Message[];
  nextMessage: number;
  readonly timers: Map<number, NewTimer>;
}

/** The task hub: all that a restart must find again. */
export interface HubState {
  readonly instances: Map<string, Instance>;
  readonly tasks: Map<number, PendingTask>;
  readonly schedules: Map<string, ScheduleStatus>;
  nextTask: number;
}

export const emptyHub = (): HubState => ({
  instances: new Map(),
  tasks: new Map(),
  schedules: new Map(),
  nextTask: 1,
});

export const isFinished = ({ status }: { readonly status: RuntimeStatus }): boolean =>
  status === 'Completed' || status === 'Failed' || status === 'Terminated';

/** All events of an instance, finished or not. */
export const historyOf = ({ packed, history }: Instance): readonly HistoryEvent[] =>
  packed === undefined ? history : (JSON.parse(packed) as HistoryEvent[]);

/** The output of a finished history: its last completion. */
const outputOf = (history: readonly HistoryEvent[]): string | null => {
  const last = history.findLast((event) => event.type === 'ExecutionCompleted');
  return last?.result ?? null;
};

/** An instance that has been asked for and not run yet. */
export const pendingInstance = (started: ExecutionStarted): Instance => ({
  id: started.instanceId,
  started,
  status: 'Pending',
  customStatus: null,
  output: null,
  updated: started.at,
  history: [],
  wire: '',
  packed: undefined,
  inbox: [{ number: 0, executionId: started.executionId, event: started }],
  nextMessage: 1,
  timers: new Map(),
});

/** Takes a history over as the whole one, live or finished according to the status. */
export const setHistory = (instance: Instance, history: readonly HistoryEvent[]): void => {
  const finished = isFinished(instance);
  instance.history = finished ? [] : history;
  instance.wire = finished ? '' : toWireList(history);
  instance.packed = finished ? JSON.stringify(history) : undefined;
  instance.output = finished ? outputOf(history) : null;
};

/** Appends to a live history without writing the old part again. */
export const appendHistory = (instance: Instance, events: readonly HistoryEvent[]): void => {
  const history = [...instance.history, ...events];
  if (isFinished(instance)) {
    setHistory(instance, history);
    return;
  }
  const added = toWireList(events);
  instance.wire = instance.wire === '' ? added : `${instance.wire},${added}`;
  instance.history = history;
};
