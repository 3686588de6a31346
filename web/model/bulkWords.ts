import type { BulkAction, OperationFilter } from '../api/operations.ts';

/** Name of a filter's member, as the list of jobs calls it. */
const names: readonly (readonly [Exclude<keyof OperationFilter, 'ids'>, string])[] = [
  ['endpoint', 'endpoint'],
  ['code', 'error'],
  ['status', 'status'],
  ['attention', 'need attention'],
  ['held', 'held'],
  ['retried', 'retried'],
  ['retrying', 'retrying'],
  ['minAttempts', 'attempts at least'],
  ['table', 'table'],
  ['message', 'message'],
  ['record', 'record'],
  ['correlationId', 'correlation'],
  ['operationId', 'operation'],
  ['nextBefore', 'next attempt before'],
  ['from', 'from'],
  ['to', 'to'],
];

const termText = (name: string, value: boolean | number | string | readonly string[]): string => {
  if (typeof value === 'boolean') return value ? name : `not ${name}`;
  return `${name} ${typeof value === 'object' ? value.join(' or ') : value}`;
};

/**
 * Which jobs, in words: `endpoint orders, error Busy`.
 *
 * @param idCount of an operation in a list, which has no `ids`.
 */
export const filterText = (filter: OperationFilter, idCount = filter.ids?.length ?? null): string => {
  const parts = names.flatMap(([member, name]) => {
    const value = filter[member];
    return value === undefined ? [] : [termText(name, value)];
  });
  if (idCount !== null) parts.unshift(idCount === 1 ? 'one chosen job' : `${idCount} chosen jobs`);
  return parts.length === 0 ? 'all jobs' : parts.join(', ');
};

/** What each action does to a job, for whoever is about to do it to many. */
export const actionMeaning: Readonly<Record<BulkAction, string>> = {
  retry: 'tries each job again now, with a fresh retry budget',
  resume: 'lets each suspended or waiting job go on now',
  pause: 'suspends each job until somebody resumes it',
  postpone: 'lets each job wait until the time you set',
  cancel: 'ends each job; its message is not sent',
  delete: 'removes each job, its history and its message, for good',
};
