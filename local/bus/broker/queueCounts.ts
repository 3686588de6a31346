import type { Accepted } from './acceptor.ts';
import { isRefusal, type Refusal } from './refusal.ts';
import type { QueueState } from './state.ts';

/** What has come in since the broker was started. */
export interface QueueTraffic {
  /** Transfers answered with `accepted`; a batch is one. */
  acceptedTransfers: number;
  /** Messages stored, scheduled ones too. */
  acceptedMessages: number;
  droppedDuplicates: number;
}

/** Keeps count of what an entity takes in. */
export interface TrafficCounter {
  readonly soFar: QueueTraffic;
  /** Counts the outcome of one transfer and hands it on. */
  count(outcome: Accepted | Refusal): Accepted | Refusal;
}

export const countTraffic = (): TrafficCounter => {
  const soFar = { acceptedTransfers: 0, acceptedMessages: 0, droppedDuplicates: 0 };
  return {
    soFar,
    count: (outcome) => {
      if (isRefusal(outcome)) return outcome;
      soFar.acceptedTransfers += 1;
      soFar.acceptedMessages += outcome.sequenceNumbers.length;
      soFar.droppedDuplicates += outcome.droppedDuplicates;
      return outcome;
    },
  };
};

export interface QueueCounts extends Readonly<QueueTraffic> {
  readonly name: string;
  /** Free or locked, not deferred. */
  readonly active: number;
  /** Those of the active and deferred messages somebody has locked. */
  readonly locked: number;
  readonly deferred: number;
  readonly scheduled: number;
  readonly deadLetter: number;
  readonly sizeBytes: number;
}

export const countQueue = (state: QueueState, traffic: QueueTraffic): QueueCounts => {
  const states = { active: 0, deferred: 0, scheduled: 0 };
  let locked = 0;
  for (const message of state.lanes.main.values()) {
    states[message.state] += 1;
    if (message.locked) locked += 1;
  }
  return {
    name: state.settings.name,
    ...states,
    locked,
    deadLetter: state.lanes.deadLetter.size,
    sizeBytes: state.sizeBytes,
    ...traffic,
  };
};
