import type { Change } from './change.ts';
import type { BrokerState, QueueState } from './state.ts';

/** Ids per change, so that no journal line grows without bound. */
const idsPerChange = 1000;

const lanes = ['main', 'deadLetter'] as const;

function* ofQueue(key: string, queue: QueueState): Generator<Change> {
  yield { kind: 'queuePut', settings: queue.settings, lastSequenceNumber: queue.lastSequenceNumber };
  for (const lane of lanes) {
    for (const message of queue.lanes[lane].values()) yield { kind: 'kept', queue: key, lane, message };
  }
  for (const [session, state] of queue.sessionStates) {
    yield { kind: 'sessionState', queue: key, session, state };
  }
  const accepted = [...queue.history];
  for (let start = 0; start < accepted.length; start += idsPerChange) {
    yield { kind: 'history', queue: key, accepted: accepted.slice(start, start + idsPerChange) };
  }
}

/** The shortest list of changes that leads to `state`. */
export function* snapshot(state: BrokerState): Generator<Change> {
  for (const [key, queue] of state) yield* ofQueue(key, queue);
}
