import type { Ledger } from '../broker/ledger.ts';
import type { Clock } from '../clock/clock.ts';
import { hubKey, type HubSettings } from './hubSettings.ts';
import type { HubState } from './hubState.ts';
import { createPartition, type Partition, type PartitionProperties } from './partition.ts';
import { partitionOfKey } from './partitionKey.ts';

/** An event hub at work. */
export interface Hub {
  readonly settings: HubSettings;
  readonly createdAtMs: number;
  /** Undefined when there is none with this id. */
  partition(id: string): Partition | undefined;
  /** The partition of a key; without one, the next in turn. */
  partitionFor(key: string | undefined): Partition | undefined;
  hasConsumerGroup(name: string): boolean;
  counts(): HubCounts;
}

export interface HubCounts {
  readonly name: string;
  readonly consumerGroups: readonly string[];
  /** Events that can be read, of all partitions. */
  readonly events: number;
  readonly partitions: readonly (PartitionProperties & { readonly events: number })[];
}

export interface HubParts {
  readonly state: HubState;
  readonly clock: Clock;
  readonly ledger: Ledger;
}

const defaultGroup = '$Default';

export const createHub = ({ state, clock, ledger }: HubParts): Hub => {
  const key = hubKey(state.settings.name);
  const open: Partition[] = [];
  let turn = 0;
  /** Partitions may have been added since the last look. */
  const partitions = (): readonly Partition[] => {
    while (open.length < state.partitions.length) {
      open.push(createPartition({ id: open.length, hub: state, hubKey: key, clock, ledger }));
    }
    return open;
  };
  const groups = (): string[] => [defaultGroup, ...state.settings.consumerGroups];
  const countsOf = (partition: Partition) => {
    const properties = partition.properties();
    const { firstSequenceNumber, lastSequenceNumber } = properties;
    return { ...properties, events: lastSequenceNumber + 1 - firstSequenceNumber };
  };
  return {
    get settings() {
      return state.settings;
    },
    createdAtMs: state.createdAtMs,
    partition: (id) => (/^\d+$/.test(id) ? partitions()[Number(id)] : undefined),
    partitionFor: (partitionKey) => {
      const all = partitions();
      if (partitionKey !== undefined) return all[partitionOfKey(partitionKey, all.length)];
      turn += 1;
      return all[turn % all.length];
    },
    hasConsumerGroup: (name) => groups().some((group) => hubKey(group) === hubKey(name)),
    counts: () => {
      const counted = partitions().map(countsOf);
      return {
        name: state.settings.name,
        consumerGroups: groups(),
        events: counted.reduce((sum, { events }) => sum + events, 0),
        partitions: counted,
      };
    },
  };
};
