import { changeProperties, type PropertyChanges } from '../wire/applicationProperties.ts';
import { deadLetter, deliveredTooOften, type DeadLetterReason } from './deadLetters.ts';
import type { Lock } from './locks.ts';
import type { Message } from './message.ts';
import type { QueueContext } from './queueContext.ts';
import { lockLost, notAllowed, type Refusal } from './refusal.ts';
import type { SubQueue } from './subQueue.ts';

/** What a receiver says about a message it has locked. */
export type Settlement =
  | { readonly kind: 'complete' }
  | { readonly kind: 'abandon'; readonly changes: PropertyChanges }
  | { readonly kind: 'defer'; readonly changes: PropertyChanges }
  | ({ readonly kind: 'deadLetter'; readonly changes: PropertyChanges } & DeadLetterReason);

export interface Settler {
  /** Resolves when the settlement is stored, or with the reason why it cannot be. */
  readonly settle: (token: Buffer, settlement: Settlement) => Promise<Refusal | undefined>;
  /** Gives a message back whose delivery failed: abandoned, or its lock expired. */
  giveBack(message: Message, changes: PropertyChanges): Promise<void>;
}

export interface SettlerOptions {
  readonly context: QueueContext;
  readonly subQueue: SubQueue;
  /** Where dead letters go; absent in the dead-letter sub-queue itself. */
  readonly deadLetters: SubQueue | undefined;
}

export const createSettler = ({ context, subQueue, deadLetters }: SettlerOptions): Settler => {
  const { state, ledger, clock } = context;

  const moveToDeadLetters = async (
    message: Message,
    why: DeadLetterReason,
    changes: PropertyChanges,
    deliveryCount: number,
  ): Promise<void> => {
    await deadLetter(context, message, why, changes, deliveryCount);
    deadLetters?.offer(message);
  };

  const putBack = async (
    message: Message,
    to: 'active' | 'deferred',
    changes: PropertyChanges,
  ): Promise<void> => {
    await ledger.commit({
      kind: 'returned',
      queue: context.key,
      lane: subQueue.lane,
      sequenceNumber: message.sequenceNumber,
      state: to,
      deliveryCount: message.deliveryCount + 1,
      applicationProperties: changeProperties(message.parts.applicationProperties, changes),
    });
    if (to === 'active') subQueue.offer(message);
  };

  /** A deferred message goes back to the deferred ones. */
  const giveBack = (message: Message, changes: PropertyChanges): Promise<void> => {
    const { maxDeliveryCount } = state.settings;
    const failed = message.deliveryCount + 1;
    if (deadLetters !== undefined && failed >= maxDeliveryCount) {
      return moveToDeadLetters(message, deliveredTooOften(maxDeliveryCount), changes, failed);
    }
    return putBack(message, message.state === 'deferred' ? 'deferred' : 'active', changes);
  };

  const carryOut = (message: Message, settlement: Settlement): Promise<void> => {
    switch (settlement.kind) {
      case 'complete':
        return subQueue.remove(message);
      case 'abandon':
        return giveBack(message, settlement.changes);
      case 'defer':
        return putBack(message, 'deferred', settlement.changes);
      case 'deadLetter':
        return moveToDeadLetters(message, settlement, settlement.changes, message.deliveryCount);
    }
  };

  const settleLocked = async (lock: Lock, settlement: Settlement): Promise<undefined> => {
    subQueue.locks.release(lock);
    await carryOut(lock.message, settlement);
    return undefined;
  };

  return {
    giveBack,
    settle: async (token, settlement) => {
      const lock = subQueue.locks.find(token, clock.now());
      if (lock === undefined) return lockLost(state.settings.name);
      if (settlement.kind === 'deadLetter' && deadLetters === undefined) {
        return notAllowed('A message of a dead-letter sub-queue cannot be dead-lettered.');
      }
      return settleLocked(lock, settlement);
    },
  };
};
