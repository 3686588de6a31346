import type { Change, Lane } from './change.ts';
import type { Message } from './message.ts';
import { queueKey } from './queueSettings.ts';
import { emptyQueue, type BrokerState, type QueueState } from './state.ts';

const add = (queue: QueueState, lane: Lane, message: Message): void => {
  queue.lanes[lane].set(message.sequenceNumber, message);
  queue.sizeBytes += message.sizeBytes;
  queue.lastSequenceNumber = Math.max(queue.lastSequenceNumber, message.sequenceNumber);
};

const take = (queue: QueueState, lane: Lane, sequenceNumber: number): Message | undefined => {
  const message = queue.lanes[lane].get(sequenceNumber);
  if (message === undefined) return undefined;
  queue.lanes[lane].delete(sequenceNumber);
  queue.sizeBytes -= message.sizeBytes;
  return message;
};

const putQueue = (state: BrokerState, change: Change & { kind: 'queuePut' }): void => {
  const key = queueKey(change.settings.name);
  const queue = state.get(key) ?? emptyQueue(change.settings);
  queue.settings = change.settings;
  queue.lastSequenceNumber = Math.max(queue.lastSequenceNumber, change.lastSequenceNumber);
  if (change.settings.duplicateDetectionWindowMs === undefined) queue.history.clear();
  state.set(key, queue);
};

const accept = (queue: QueueState, change: Change & { kind: 'accepted' }): void => {
  for (const message of change.messages) {
    const state = message.scheduledAtMs === undefined ? 'active' : 'scheduled';
    add(queue, 'main', { ...message, state, deliveryCount: 0, locked: false });
    if (queue.settings.duplicateDetectionWindowMs === undefined) continue;
    // Taken out first, so that the oldest stay in front.
    queue.history.delete(message.id);
    queue.history.set(message.id, message.enqueuedAtMs);
  }
};

const enqueue = (queue: QueueState, change: Change & { kind: 'enqueued' }): void => {
  const message = take(queue, 'main', change.sequenceNumber);
  if (message === undefined) return;
  message.sequenceNumber = change.newSequenceNumber;
  message.enqueuedAtMs = change.atMs;
  message.state = 'active';
  add(queue, 'main', message);
};

const rewrite = (
  message: Message,
  deliveryCount: number,
  applicationProperties: Buffer | undefined,
): void => {
  message.deliveryCount = deliveryCount;
  if (applicationProperties !== undefined) message.parts = { ...message.parts, applicationProperties };
};

const deadLetter = (queue: QueueState, change: Change & { kind: 'deadLettered' }): void => {
  const message = take(queue, 'main', change.sequenceNumber);
  if (message === undefined) return;
  rewrite(message, change.deliveryCount, change.applicationProperties);
  message.state = 'active';
  add(queue, 'deadLetter', message);
};

const putBack = (queue: QueueState, change: Change & { kind: 'returned' }): void => {
  const message = queue.lanes[change.lane].get(change.sequenceNumber);
  if (message === undefined) return;
  rewrite(message, change.deliveryCount, change.applicationProperties);
  message.state = change.state;
};

const publish = (state: BrokerState, topic: QueueState, change: Change & { kind: 'published' }): void => {
  for (const message of change.scheduled) {
    add(topic, 'main', { ...message, state: 'scheduled', deliveryCount: 0, locked: false });
  }
  if (change.released !== undefined) take(topic, 'main', change.released);
  topic.lastSequenceNumber = Math.max(topic.lastSequenceNumber, change.lastSequenceNumber);
  for (const [id, atMs] of change.accepted) {
    topic.history.delete(id);
    topic.history.set(id, atMs);
  }
  for (const { queue, messages } of change.copies) {
    const subscription = state.get(queue);
    if (subscription === undefined) continue;
    for (const message of messages) {
      add(subscription, 'main', { ...message, state: 'active', deliveryCount: 0, locked: false });
    }
  }
};

const applyToQueue = (
  queue: QueueState,
  change: Exclude<Change, { kind: 'queuePut' | 'queueDeleted' | 'published' }>,
): void => {
  switch (change.kind) {
    case 'accepted':
      accept(queue, change);
      break;
    case 'enqueued':
      enqueue(queue, change);
      break;
    case 'removed':
      take(queue, change.lane, change.sequenceNumber);
      break;
    case 'returned':
      putBack(queue, change);
      break;
    case 'deadLettered':
      deadLetter(queue, change);
      break;
    case 'sessionState':
      if (change.state === undefined) queue.sessionStates.delete(change.session);
      else queue.sessionStates.set(change.session, change.state);
      break;
    case 'kept':
      add(queue, change.lane, change.message);
      break;
    case 'history':
      for (const [id, atMs] of change.accepted) queue.history.set(id, atMs);
  }
};

/**
 * Makes a change in memory. The same function serves a change that just happened and one read from the journal, so
 * that a restart cannot come to another result. A change to what is already gone does nothing.
 */
export const apply = (state: BrokerState, change: Change): void => {
  if (change.kind === 'queuePut') {
    putQueue(state, change);
  } else if (change.kind === 'queueDeleted') {
    state.delete(change.queue);
  } else {
    const queue = state.get(change.queue);
    if (queue === undefined) return;
    if (change.kind === 'published') publish(state, queue, change);
    else applyToQueue(queue, change);
  }
};
