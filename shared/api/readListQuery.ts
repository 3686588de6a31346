import { failureCatalogue, isFailureCode } from '../delivery/failureCatalogue.ts';
import { criteriaIn, mostCriteria, type JobListQuery } from '../job/jobList.ts';
import { jobStatuses } from '../job/jobStatus.ts';
import { parametersReader, partsOf, type Parameters } from './readParameters.ts';
import { integer, line, list, oneOf, onlyTrue, text, timeOrDay, type Properties } from './schemas/schema.ts';

export type ListQueryRead =
  | { readonly kind: 'read'; readonly query: JobListQuery }
  | { readonly kind: 'faulty'; readonly faults: string[] };

const defaultTop = 50;

/** Parameters of `GET /api/jobs`. */
export const listQuery: Properties = {
  status: list(oneOf('A status.', Object.keys(jobStatuses)), 'Jobs in one of these statuses.'),
  attention: onlyTrue(
    'Only jobs that need attention; with WaitingForResources those that do not get started.',
  ),
  endpoint: line('Jobs for this service endpoint.'),
  code: oneOf(
    'Jobs whose last failure has this code. Send the function key as a header then: without that, this is the key.',
    Object.keys(failureCatalogue),
  ),
  table: line('Jobs of this table.'),
  message: line('Jobs of this message, like Create.'),
  record: line('Jobs of the record with this id.'),
  correlationId: line('Jobs with this correlation id.'),
  operationId: line('Jobs with this operation id.'),
  held: onlyTrue('Only jobs that are held back because their endpoint is paused or open.'),
  retried: onlyTrue('Only jobs of more than one attempt.'),
  retrying: onlyTrue('Only jobs that wait for their next attempt after a failed one, and are not held.'),
  minAttempts: integer('Attempts made, at least.', { minimum: 1, maximum: 100_000 }),
  nextBefore: timeOrDay('Only jobs that wait and go on before this time.'),
  from: timeOrDay('Operations from this time on.'),
  to: timeOrDay('Operations before this time.'),
  top: integer('Jobs a page has at most.', { minimum: 1, maximum: 200, default: defaultTop }),
  after: text('`next` of the page before.'),
};

const readParameters = parametersReader(listQuery);

/** `code` may be the function key as well: then what is no failure code is the key. */
const withoutKey = ([name, value]: readonly [string, string]): readonly [string, string] => {
  if (name !== 'code') return [name, value];
  return [name, [...new Set(partsOf(value).filter(isFailureCode))].join()];
};

const tooMany = `There are too many criteria at once; the store takes ${mostCriteria}. Ask for fewer statuses.`;

/** The parameters that are given, each as the query has it. */
const changed = <Value>(parameters: Parameters, names: readonly string[], as: (value: never) => Value) =>
  Object.fromEntries(
    names.flatMap((name) => {
      const value = parameters[name];
      return value === undefined ? [] : [[name, as(value as never)]];
    }),
  );

const inOrder = (statuses: readonly string[]): string | readonly string[] => {
  const [one = '', ...more] = new Set(statuses);
  return more.length === 0 ? one : [one, ...more];
};

const queryOf = (parameters: Parameters): JobListQuery => ({
  top: defaultTop,
  ...parameters,
  ...changed(parameters, ['status'], inOrder),
  // Ids are stored in lower case.
  ...changed(parameters, ['record', 'correlationId', 'operationId'], (id: string) => id.toLowerCase()),
  ...changed(parameters, ['from', 'to', 'nextBefore'], (time: string) => new Date(time)),
});

/**
 * Reads the query of `GET /api/jobs`; every fault is reported. An empty parameter counts as absent.
 *
 * @param keyInQuery whether `code` may carry the function key: it does when no header carries one.
 */
export const readListQuery = (
  entries: Iterable<readonly [string, string]>,
  keyInQuery: boolean,
): ListQueryRead => {
  const read = readParameters(keyInQuery ? [...entries].map(withoutKey) : entries, keyInQuery);
  if (read.kind === 'faulty') return read;
  const query = queryOf(read.parameters);
  return criteriaIn(query) > mostCriteria ? { kind: 'faulty', faults: [tooMany] } : { kind: 'read', query };
};
