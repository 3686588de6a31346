import type { Clock } from '../clock/clock.ts';
import type { Ledger } from '../broker/ledger.ts';
import type { HubEvent, HubState, PartitionState } from './hubState.ts';
import { emptyPartition } from './hubState.ts';
import type { Position } from './position.ts';
import { createReaders, type Readers } from './readers.ts';

/** What the service tells of a partition. */
export interface PartitionProperties {
  readonly firstSequenceNumber: number;
  /** -1 while nothing has ever been sent. */
  readonly lastSequenceNumber: number;
  readonly lastOffset: string;
  readonly lastEnqueuedAtMs: number;
  readonly isEmpty: boolean;
}

/** A partition at work. */
export interface Partition {
  readonly id: number;
  /** Resolves when the events, encoded messages, are stored. */
  append(messages: readonly Buffer[]): Promise<void>;
  /** The sequence number with which a receiver starts. */
  startOf(position: Position): number;
  /** The first event that can still be read from this sequence number on. */
  eventFrom(sequenceNumber: number): HubEvent | undefined;
  /** Calls `listener` whenever there is something new; returns how to end that. */
  onAppended(listener: () => void): () => void;
  readersOf(consumerGroup: string): Readers;
  properties(): PartitionProperties;
}

export interface PartitionOptions {
  readonly id: number;
  readonly hub: HubState;
  /** As {@link hubKey}. */
  readonly hubKey: string;
  readonly clock: Clock;
  readonly ledger: Ledger;
}

/** .NET's `DateTime.MinValue`: what the service says where nothing was ever sent. */
const beginningOfTimeMs = -62_135_596_800_000;

export const createPartition = ({ id, hub, hubKey, clock, ledger }: PartitionOptions): Partition => {
  const listeners = new Set<() => void>();
  const readers = new Map<string, Readers>();
  const state: PartitionState = hub.partitions[id] ?? emptyPartition();
  const { events } = state;
  /** Stored events only: an event may be in memory while it is still on its way to the disk. */
  let readableUpTo = state.nextSequenceNumber;

  const isReadable = (event: HubEvent): boolean =>
    event.enqueuedAtMs > clock.now() - hub.settings.retentionMs && event.sequenceNumber < readableUpTo;
  const number = (messages: readonly Buffer[]): HubEvent[] => {
    let { nextSequenceNumber, nextOffset } = state;
    return messages.map((bytes) => {
      const event = {
        ...{ sequenceNumber: nextSequenceNumber, offset: nextOffset, enqueuedAtMs: clock.now() },
        bytes,
      };
      nextSequenceNumber += 1;
      nextOffset += bytes.length;
      return event;
    });
  };
  return {
    id,
    append: async (messages) => {
      const added = number(messages);
      const last = added.at(-1);
      await ledger.commit({ kind: 'appended', hub: hubKey, partition: id, events: added });
      if (last !== undefined) readableUpTo = Math.max(readableUpTo, last.sequenceNumber + 1);
      for (const listener of listeners) listener();
    },
    startOf: (position) => {
      if (position === 'latest') return state.nextSequenceNumber;
      return events.find(position)?.sequenceNumber ?? state.nextSequenceNumber;
    },
    eventFrom: (sequenceNumber) => {
      const first = events[0]?.sequenceNumber ?? 0;
      for (let index = Math.max(0, sequenceNumber - first); index < events.length; index += 1) {
        const event = events[index];
        if (event !== undefined && isReadable(event)) return event;
      }
      return undefined;
    },
    onAppended: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    readersOf: (consumerGroup) => {
      const known = readers.get(consumerGroup) ?? createReaders(`${hub.settings.name}/${id}`);
      readers.set(consumerGroup, known);
      return known;
    },
    properties: () => {
      const last = events.at(-1);
      return {
        firstSequenceNumber: events.find(isReadable)?.sequenceNumber ?? state.nextSequenceNumber,
        lastSequenceNumber: state.nextSequenceNumber - 1,
        lastOffset: last === undefined ? '-1' : `${last.offset}`,
        lastEnqueuedAtMs: last?.enqueuedAtMs ?? beginningOfTimeMs,
        isEmpty: !events.some(isReadable),
      };
    },
  };
};
