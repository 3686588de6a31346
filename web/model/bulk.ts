import type { BulkAction } from '../api/operations.ts';
import type { JobFilter } from './filter.ts';

/** What a person wants done to many jobs; the bulk dialog counts, asks why, and sends it. */
export interface BulkRequest {
  readonly action: BulkAction;
  /** Either what the list's filter matches, or the ids that were chosen. */
  readonly target:
    | { readonly kind: 'filter'; readonly filter: JobFilter }
    | { readonly kind: 'ids'; readonly ids: readonly string[] };
}
