import type { ExecutionStarted, HistoryEvent } from '../durable/history/events.ts';
import type { HubRecord, InstanceRecord, NewTimer, PendingTask, Send, TurnRecord } from './records.ts';
import {
  appendHistory,
  isFinished,
  pendingInstance,
  setHistory,
  type HubState,
  type Instance,
} from './state.ts';

/** What a stored record sets going. */
export interface Effects {
  /** Instances with something new in their inbox. */
  readonly woken: string[];
  readonly tasks: PendingTask[];
  readonly timers: { readonly id: string; readonly timer: NewTimer }[];
  /** The instance that ended by the record. */
  finished?: string;
  /** Children that were not started because their id is in use. */
  readonly droppedStarts: string[];
}

const noEffects = (): Effects => ({ woken: [], tasks: [], timers: [], droppedStarts: [] });

const put = (state: HubState, effects: Effects, instance: Instance): void => {
  state.instances.set(instance.id, instance);
  effects.woken.push(instance.id);
};

/** A message without an execution id is meant for whichever execution runs. Finished instances take none. */
const deliver = (
  state: HubState,
  effects: Effects,
  id: string,
  event: HistoryEvent,
  executionId?: string,
): void => {
  const instance = state.instances.get(id);
  if (instance === undefined || isFinished(instance)) return;
  if (executionId !== undefined && executionId !== instance.started.executionId) return;
  const number = instance.nextMessage;
  instance.nextMessage += 1;
  instance.inbox.push(executionId === undefined ? { number, event } : { number, executionId, event });
  effects.woken.push(id);
};

/** A child whose id belongs to a live instance is not started: the engine drops the second start. */
const startChild = (state: HubState, effects: Effects, event: ExecutionStarted): void => {
  const existing = state.instances.get(event.instanceId);
  if (existing !== undefined && !isFinished(existing)) effects.droppedStarts.push(event.instanceId);
  else put(state, effects, pendingInstance(event));
};

const addTask = (state: HubState, effects: Effects, task: PendingTask): void => {
  state.tasks.set(task.key, task);
  effects.tasks.push(task);
};

const removeTaken = (instance: Instance, { taken, fired }: TurnRecord): void => {
  instance.inbox = instance.inbox.filter((message) =>
    message.timerId === undefined ? !taken.includes(message.number) : !fired.includes(message.timerId),
  );
  for (const timerId of fired) instance.timers.delete(timerId);
};

/** Timers and messages of an execution that is over mean nothing to the next. */
const dropOldExecution = (instance: Instance): void => {
  instance.timers.clear();
  instance.inbox = instance.inbox.filter(
    ({ executionId, timerId }) => executionId === undefined && timerId === undefined,
  );
};

const updateHistory = (instance: Instance, record: TurnRecord): void => {
  if (record.reset) {
    dropOldExecution(instance);
    setHistory(instance, record.events);
  } else appendHistory(instance, record.events);
  const started = record.events.find((event) => event.type === 'ExecutionStarted');
  if (started !== undefined) instance.started = started;
};

const finish = (instance: Instance, effects: Effects): void => {
  instance.inbox = [];
  instance.timers.clear();
  effects.finished = instance.id;
};

const sendOut = (state: HubState, effects: Effects, record: TurnRecord, instance: Instance): void => {
  const { id, executionId } = record;
  for (const task of record.tasks) {
    addTask(state, effects, { ...task, key: state.nextTask, instanceId: id, executionId });
    state.nextTask += 1;
  }
  if (!isFinished(instance)) {
    for (const timer of record.timers) {
      instance.timers.set(timer.timerId, timer);
      effects.timers.push({ id, timer });
    }
  }
  for (const child of record.starts) startChild(state, effects, child);
  for (const send of record.sends) deliverSend(state, effects, send);
};

const deliverSend = (state: HubState, effects: Effects, { id, executionId, event }: Send): void =>
  deliver(state, effects, id, event, executionId);

const applyTurn = (state: HubState, effects: Effects, record: TurnRecord): void => {
  const instance = state.instances.get(record.id);
  if (instance === undefined) return;
  removeTaken(instance, record);
  instance.status = record.status;
  instance.customStatus = record.customStatus;
  instance.updated = record.at;
  updateHistory(instance, record);
  if (isFinished(instance)) finish(instance, effects);
  else if (instance.inbox.length > 0) effects.woken.push(instance.id);
  sendOut(state, effects, record, instance);
};

const applyRewind = (
  state: HubState,
  effects: Effects,
  { id, history, event, at }: Extract<HubRecord, { k: 'rewind' }>,
): void => {
  const instance = state.instances.get(id);
  if (instance === undefined) return;
  instance.status = 'Running';
  instance.updated = at;
  setHistory(instance, history);
  if (event !== undefined) deliver(state, effects, id, event);
};

const restore = (state: HubState, effects: Effects, record: InstanceRecord): void => {
  const instance = pendingInstance(record.started);
  const { status, customStatus, updated, nextMessage } = record;
  Object.assign(instance, { status, customStatus, updated, nextMessage, inbox: [...record.inbox] });
  setHistory(instance, record.history);
  for (const timer of record.timers) instance.timers.set(timer.timerId, timer);
  put(state, effects, instance);
};

/** Brings the hub up to date with a record. The same records in the same order always give the same hub. */
export const apply = (state: HubState, record: HubRecord): Effects => {
  const effects = noEffects();
  switch (record.k) {
    case 'start':
      put(state, effects, pendingInstance(record.event));
      break;
    case 'message':
      deliver(state, effects, record.id, record.event);
      break;
    case 'done':
      state.tasks.delete(record.key);
      deliver(state, effects, record.id, record.event, record.executionId);
      break;
    case 'turn':
      applyTurn(state, effects, record);
      break;
    case 'rewind':
      applyRewind(state, effects, record);
      break;
    case 'purge':
      for (const id of record.ids) state.instances.delete(id);
      break;
    case 'schedule':
      state.schedules.set(record.name, record.status);
      break;
    case 'hub':
      state.nextTask = record.nextTask;
      break;
    case 'task':
      addTask(state, effects, record.task);
      break;
    case 'instance':
      restore(state, effects, record);
      break;
  }
  return effects;
};
