import type { IncomingMessage } from '../wire/messageParts.ts';
import { createDuplicateFilter, type DuplicateFilter } from './duplicates.ts';
import type { NewMessage } from './message.ts';
import type { QueueContext } from './queueContext.ts';
import type { QueueSettings } from './queueSettings.ts';
import { entityDisabled, quotaExceeded, type Refusal } from './refusal.ts';

/** What became of the messages of one transfer. */
export interface Accepted {
  /** Of the messages that were stored, in the order they were sent. */
  readonly sequenceNumbers: readonly number[];
  readonly droppedDuplicates: number;
}

/** Takes messages in: all of a transfer or none. Resolves when they are stored. */
export type Acceptor = (messages: readonly IncomingMessage[]) => Promise<Accepted | Refusal>;

/** Where accepted messages go. */
export interface Intake {
  /** What counts against the quota of the entity. */
  sizeBytes(): number;
  /** Stores messages; `offer`, called when they are stored, lets receivers see them. */
  store(messages: readonly NewMessage[]): { readonly stored: Promise<void>; readonly offer: () => void };
}

export const shorterTtlMs = (ofMessage: number | undefined, ofQueue: number | undefined): number =>
  Math.min(ofMessage ?? Number.POSITIVE_INFINITY, ofQueue ?? Number.POSITIVE_INFINITY);

const refusalFor = (
  { name, status, maxSizeBytes }: QueueSettings,
  sizeBytes: number,
  messages: readonly IncomingMessage[],
): Refusal | undefined => {
  if (status === 'Disabled' || status === 'SendDisabled') return entityDisabled(name);
  let wanted = sizeBytes;
  for (const message of messages) wanted += message.sizeBytes;
  return wanted > maxSizeBytes ? quotaExceeded(name, sizeBytes, maxSizeBytes) : undefined;
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
  intake: Intake,
  duplicates: DuplicateFilter,
  fresh: readonly IncomingMessage[],
): Promise<number[]> => {
  const messages = admit(context, fresh);
  const { stored, offer } = intake.store(messages);
  duplicates.storing(fresh, stored);
  await stored;
  const sequenceNumbers = messages.map((message) => message.sequenceNumber);
  offer();
  return sequenceNumbers;
};

export const createAcceptor = (context: QueueContext, intake: Intake): Acceptor => {
  const duplicates = createDuplicateFilter(context);
  return async (messages) => {
    const { fresh, dropped, firstCopies } = duplicates.sift(messages);
    const refusal = refusalFor(context.state.settings, intake.sizeBytes(), fresh);
    if (refusal !== undefined) return refusal;
    const sequenceNumbers = fresh.length === 0 ? [] : await storeAll(context, intake, duplicates, fresh);
    if (firstCopies.length > 0) await Promise.all(firstCopies);
    return { sequenceNumbers, droppedDuplicates: dropped };
  };
};
