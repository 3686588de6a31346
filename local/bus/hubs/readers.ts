import type { Refusal } from '../broker/refusal.ts';
import { readerDisplaced, tooManyReaders } from './hubRefusal.ts';

/** A receiver of one partition in one consumer group. */
export interface Reader {
  /** Undefined: it shares the partition with others of that kind. */
  readonly ownerLevel: number | undefined;
  /** Ends it with this error. */
  readonly displace: (why: Refusal) => void;
}

/** Service Bus quotas: non-epoch receivers per consumer group and partition. */
const mostSharing = 5;

/** Who reads a partition in a consumer group (Event Hubs documentation, "Consumer groups", "Epoch"). */
export interface Readers {
  /** Lets a reader in, at the cost of those of a lower level; or says why not. */
  admit(reader: Reader): Refusal | undefined;
  remove(reader: Reader): void;
}

/** A reader that names no level is below all that do. */
const levelOf = ({ ownerLevel }: Reader): number => ownerLevel ?? Number.NEGATIVE_INFINITY;

export const createReaders = (partition: string): Readers => {
  const readers = new Set<Reader>();
  const highest = (): number => Math.max(Number.NEGATIVE_INFINITY, ...[...readers].map(levelOf));
  return {
    admit: (reader) => {
      if (levelOf(reader) < highest()) return readerDisplaced(partition, highest());
      if (reader.ownerLevel === undefined && readers.size >= mostSharing) {
        return tooManyReaders(partition, mostSharing);
      }
      // Of two readers with the same level the newer one wins.
      const { ownerLevel } = reader;
      const displaced = ownerLevel === undefined ? [] : [...readers];
      for (const other of displaced) {
        readers.delete(other);
        other.displace(readerDisplaced(partition, levelOf(reader)));
      }
      readers.add(reader);
      return undefined;
    },
    remove: (reader) => readers.delete(reader),
  };
};
