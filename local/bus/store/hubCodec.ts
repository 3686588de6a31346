import type { HubChange } from '../hubs/hubChange.ts';
import type { HubSettings } from '../hubs/hubSettings.ts';
import type { HubEvent } from '../hubs/hubState.ts';

/** A change to event hubs as a journal line; see {@link Line}. Events of one line follow one another. */
export type HubLine =
  | readonly ['hub', settings: HubSettings, createdAtMs: number]
  | readonly ['hub-gone', hub: string]
  | readonly ['ev', hub: string, partition: number, events: readonly EventLine[]]
  | readonly ['ev-next', hub: string, partition: number, number: number, offset: number];

type EventLine = readonly [number: number, offset: number, enqueuedAtMs: number, message: string];

const toEventLine = ({ sequenceNumber, offset, enqueuedAtMs, bytes }: HubEvent): EventLine => [
  sequenceNumber,
  offset,
  enqueuedAtMs,
  bytes.toString('base64'),
];

const fromEventLine = ([sequenceNumber, offset, enqueuedAtMs, message]: EventLine): HubEvent => ({
  sequenceNumber,
  offset,
  enqueuedAtMs,
  bytes: Buffer.from(message, 'base64'),
});

export const toHubLine = (change: HubChange): HubLine => {
  switch (change.kind) {
    case 'hubPut':
      return ['hub', change.settings, change.createdAtMs];
    case 'hubDeleted':
      return ['hub-gone', change.hub];
    case 'appended':
      return ['ev', change.hub, change.partition, change.events.map(toEventLine)];
    case 'continued':
      return ['ev-next', change.hub, change.partition, change.nextSequenceNumber, change.nextOffset];
  }
};

export const fromHubLine = (line: HubLine): HubChange => {
  switch (line[0]) {
    case 'hub':
      return { kind: 'hubPut', settings: line[1], createdAtMs: line[2] };
    case 'hub-gone':
      return { kind: 'hubDeleted', hub: line[1] };
    case 'ev':
      return { kind: 'appended', hub: line[1], partition: line[2], events: line[3].map(fromEventLine) };
    case 'ev-next':
      return {
        kind: 'continued',
        hub: line[1],
        partition: line[2],
        nextSequenceNumber: line[3],
        nextOffset: line[4],
      };
  }
};

const hubLineKinds = new Set<string>(['hub', 'hub-gone', 'ev', 'ev-next'] satisfies HubLine[0][]);

export const isHubLine = (line: readonly [string, ...unknown[]]): line is HubLine =>
  hubLineKinds.has(line[0]);
