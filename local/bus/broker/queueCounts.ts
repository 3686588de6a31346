import type { QueueState } from './state.ts';

/** What has come in since the broker was started. */
export interface QueueTraffic {
  /** Transfers answered with `accepted`; a batch is one. */
  acceptedTransfers: number;
  /** Messages stored, scheduled ones too. */
  acceptedMessages: number;
  droppedDuplicates: number;
}

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
