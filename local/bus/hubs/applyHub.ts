import type { HubChange } from './hubChange.ts';
import { hubKey, type HubSettings } from './hubSettings.ts';
import {
  emptyPartition,
  type HubEvent,
  type HubState,
  type HubStates,
  type PartitionState,
} from './hubState.ts';

/** Events go when newer ones push them out: there are too many, or the newest is later by the retention time. */
const prune = ({ events }: PartitionState, { maxEventsPerPartition, retentionMs }: HubSettings): void => {
  const newestMs = events.at(-1)?.enqueuedAtMs ?? 0;
  let outdated = Math.max(0, events.length - maxEventsPerPartition);
  while ((events[outdated]?.enqueuedAtMs ?? newestMs) <= newestMs - retentionMs) outdated += 1;
  if (outdated > 0) events.splice(0, outdated);
};

const putHub = (hubs: HubStates, { settings, createdAtMs }: HubChange & { kind: 'hubPut' }): void => {
  const key = hubKey(settings.name);
  const hub: HubState = hubs.get(key) ?? { settings, createdAtMs, partitions: [] };
  hub.settings = settings;
  while (hub.partitions.length < settings.partitions) hub.partitions.push(emptyPartition());
  for (const partition of hub.partitions) prune(partition, settings);
  hubs.set(key, hub);
};

const append = (partition: PartitionState, settings: HubSettings, events: readonly HubEvent[]): void => {
  const last = events.at(-1);
  if (last === undefined) return;
  for (const event of events) partition.events.push(event);
  partition.nextSequenceNumber = last.sequenceNumber + 1;
  partition.nextOffset = last.offset + last.bytes.length;
  prune(partition, settings);
};

/** Makes a change to the event hubs in memory; see `apply` of the broker. */
export const applyHub = (hubs: HubStates, change: HubChange): void => {
  if (change.kind === 'hubPut') {
    putHub(hubs, change);
    return;
  }
  if (change.kind === 'hubDeleted') {
    hubs.delete(change.hub);
    return;
  }
  const hub = hubs.get(change.hub);
  const partition = hub?.partitions[change.partition];
  if (hub === undefined || partition === undefined) return;
  if (change.kind === 'appended') {
    append(partition, hub.settings, change.events);
    return;
  }
  partition.nextSequenceNumber = change.nextSequenceNumber;
  partition.nextOffset = change.nextOffset;
};
