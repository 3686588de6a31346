import type { IncomingMessage } from '../wire/messageParts.ts';
import { createDuplicateFilter, type DuplicateFilter } from './duplicates.ts';
import type { Message, NewMessage } from './message.ts';
import type { QueueContext } from './queueContext.ts';
import { entityDisabled, quotaExceeded, type Refusal } from './refusal.ts';

/** What became of the messages of one transfer. */
export interface Accepted {
  /** Of the messages that were stored, in the order they were sent. */
  readonly sequenceNumbers: readonly number[];
  readonly droppedDuplicates: number;
}

/** Takes messages in: all of a transfer or none. Resolves when they are stored. */
export type Acceptor = (messages: readonly IncomingMessage[]) => Promise<Accepted | Refusal>;

const shorterTtlMs = (ofMessage: number | undefined, ofQueue: number | undefined): number =>
  Math.min(ofMessage ?? Number.POSITIVE_INFINITY, ofQueue ?? Number.POSITIVE_INFINITY);

const refusalFor = (
  { state: { settings, sizeBytes } }: QueueContext,
  messages: readonly IncomingMessage[],
): Refusal | undefined => {
  if (settings.status === 'Disabled' || settings.status === 'SendDisabled')
    return entityDisabled(settings.name);
  let wanted = sizeBytes;
  for (const message of messages) wanted += message.sizeBytes;
  return wanted > settings.maxSizeBytes
    ? quotaExceeded(settings.name, sizeBytes, settings.maxSizeBytes)
    : undefined;
};

/** Gives numbers and times to messages; a time for activation that is past counts as now. */
const admit = ({ state, clock }: QueueContext, messages: readonly IncomingMessage[]): NewMessage[] => {
  const nowMs = clock.now();
  return messages.map(({ parts, id, sizeBytes, ttlMs, scheduledAtMs }, index) => ({
    sequenceNumber: state.lastSequenceNumber + 1 + index,
    id,
    parts,
    sizeBytes,
    enqueuedAtMs: nowMs,
    ttlMs: shorterTtlMs(ttlMs, state.settings.defaultTimeToLiveMs),
    scheduledAtMs: scheduledAtMs !== undefined && scheduledAtMs > nowMs ? scheduledAtMs : undefined,
  }));
};

const storeAll = async (
  context: QueueContext,
  duplicates: DuplicateFilter,
  fresh: readonly IncomingMessage[],
  onStored: (messages: readonly Message[]) => void,
): Promise<number[]> => {
  const messages = admit(context, fresh);
  const stored = context.ledger.commit({ kind: 'accepted', queue: context.key, messages });
  duplicates.storing(fresh, stored);
  await stored;
  const sequenceNumbers = messages.map((message) => message.sequenceNumber);
  const { main } = context.state.lanes;
  onStored(sequenceNumbers.map((number) => main.get(number)).filter((message) => message !== undefined));
  return sequenceNumbers;
};

/** `onStored` gets the messages when they may be seen by receivers. */
export const createAcceptor = (
  context: QueueContext,
  onStored: (messages: readonly Message[]) => void,
): Acceptor => {
  const duplicates = createDuplicateFilter(context);
  return async (messages) => {
    const { fresh, dropped, firstCopies } = duplicates.sift(messages);
    const refusal = refusalFor(context, fresh);
    if (refusal !== undefined) return refusal;
    const sequenceNumbers = fresh.length === 0 ? [] : await storeAll(context, duplicates, fresh, onStored);
    if (firstCopies.length > 0) await Promise.all(firstCopies);
    return { sequenceNumbers, droppedDuplicates: dropped };
  };
};
