import type { BulkAction, OperationFilter } from '../api/operations.ts';
import type { EndpointNotRunning } from '../api/shapes.ts';
import { endpointStates } from './endpointWords.ts';

/** Why jobs of the filter would not be tried now, for whoever is about to retry or resume them; undefined when they would. */
export const holdingBack = (
  action: BulkAction,
  { endpoint }: Pick<OperationFilter, 'endpoint'>,
  notRunning: readonly EndpointNotRunning[],
): string | undefined => {
  if (action !== 'retry' && action !== 'resume') return undefined;
  const found = notRunning.find(({ name }) => name === endpoint);
  if (found === undefined || !['paused', 'open', 'halfOpen'].includes(found.state)) return undefined;
  const { label } = endpointStates[found.state];
  return `The endpoint ${found.name} holds its jobs back (${label}): they are not tried before it goes on. Resume it first.`;
};
