import type { HubSettings } from './hubSettings.ts';

/** An event in its partition. */
export interface HubEvent {
  /** From 0 on, without gaps. */
  readonly sequenceNumber: number;
  /** Bytes of all events before it. */
  readonly offset: number;
  readonly enqueuedAtMs: number;
  /** The message as it was sent. */
  readonly bytes: Buffer;
}

/** What must survive the process, of one partition. */
export interface PartitionState {
  /** In order of their numbers. */
  readonly events: HubEvent[];
  nextSequenceNumber: number;
  nextOffset: number;
}

export interface HubState {
  settings: HubSettings;
  readonly createdAtMs: number;
  readonly partitions: PartitionState[];
}

/** By {@link hubKey}. */
export type HubStates = Map<string, HubState>;

export const emptyPartition = (): PartitionState => ({ events: [], nextSequenceNumber: 0, nextOffset: 0 });
