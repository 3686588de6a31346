import type { HubSettings } from './hubSettings.ts';
import type { HubEvent } from './hubState.ts';

interface InPartition {
  /** As {@link hubKey}. */
  readonly hub: string;
  readonly partition: number;
}

/** Everything that can happen to the event hubs. Applied to the state and written to the journal. */
export type HubChange =
  /** Created, or its settings changed. */
  | { readonly kind: 'hubPut'; readonly settings: HubSettings; readonly createdAtMs: number }
  | { readonly kind: 'hubDeleted'; readonly hub: string }
  /** The events of one transfer: all of them or none. */
  | (InPartition & { readonly kind: 'appended'; readonly events: readonly HubEvent[] })
  /** Where a partition goes on; written when the journal is compacted. */
  | (InPartition & {
      readonly kind: 'continued';
      readonly nextSequenceNumber: number;
      readonly nextOffset: number;
    });

const kinds = new Set<string>([
  'hubPut',
  'hubDeleted',
  'appended',
  'continued',
] satisfies HubChange['kind'][]);

export const isHubChange = (change: { readonly kind: string }): change is HubChange => kinds.has(change.kind);
