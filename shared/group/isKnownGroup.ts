import type { ReportUnreadable } from '../job/unreadableJob.ts';
import type { GroupKey, GroupStore } from './groupStore.ts';

export interface KnownGroupDependencies {
  readonly store: Pick<GroupStore, 'scanAttention' | 'readNotes'>;
  readonly isConfigured: (endpoint: string) => boolean;
  readonly unreadable: ReportUnreadable;
}

/**
 * Whether there can be such a group: its endpoint is configured, or was once, and a job or a note tells of it. Notes of
 * endpoints that never were would be read with every summary from then on.
 */
export const isKnownGroup = async (
  { store, isConfigured, unreadable }: KnownGroupDependencies,
  { endpoint }: Pick<GroupKey, 'endpoint'>,
): Promise<boolean> => {
  if (isConfigured(endpoint)) return true;
  const isOfEndpoint = (each: { readonly endpoint: string }): boolean => each.endpoint === endpoint;
  if ((await store.readNotes()).some(isOfEndpoint)) return true;
  return (await store.scanAttention(unreadable)).entries.some(isOfEndpoint);
};
