import type { HubChange } from './hubChange.ts';
import type { HubState, HubStates } from './hubState.ts';

/** Events per change, so that no journal line grows without bound. */
const eventsPerChange = 100;

function* ofHub(hub: string, { settings, createdAtMs, partitions }: HubState): Generator<HubChange> {
  yield { kind: 'hubPut', settings, createdAtMs };
  for (const [partition, { events, nextSequenceNumber, nextOffset }] of partitions.entries()) {
    for (let start = 0; start < events.length; start += eventsPerChange) {
      yield { kind: 'appended', hub, partition, events: events.slice(start, start + eventsPerChange) };
    }
    yield { kind: 'continued', hub, partition, nextSequenceNumber, nextOffset };
  }
}

/** The shortest list of changes that leads to these hubs. */
export function* hubSnapshot(hubs: HubStates): Generator<HubChange> {
  for (const [key, hub] of hubs) yield* ofHub(key, hub);
}
