import { isFailureCode } from '../delivery/failureCatalogue.ts';
import { criteriaIn, mostCriteria, type JobListQuery } from '../job/jobList.ts';
import { isJobStatus, jobStatuses, type JobStatus } from '../job/jobStatus.ts';

export type ListQueryRead =
  | { readonly kind: 'read'; readonly query: JobListQuery }
  | { readonly kind: 'faulty'; readonly faults: string[] };

const defaultTop = 50;
const mostTop = 200;

/** What one parameter comes to: members of the query, or what is wrong with it. */
type Read = Partial<JobListQuery> | string;

const isoTime = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?$/;

const isTime = (text: string): boolean => isoTime.test(text) && !Number.isNaN(Date.parse(text));

const time =
  (name: 'from' | 'to' | 'nextBefore') =>
  (text: string): Read =>
    isTime(text)
      ? { [name]: new Date(text) }
      : `${name} is "${text}"; it must be a time like 2026-11-24 or 2026-11-24T08:30:00Z.`;

const flag =
  (name: 'attention' | 'held' | 'retried') =>
  (text: string): Read =>
    text === 'true' ? { [name]: true } : `${name} is "${text}"; it must be true, or absent.`;

const plain =
  (name: 'endpoint' | 'table' | 'message' | 'after') =>
  (text: string): Read => ({ [name]: text });

/** Ids are stored in lower case. */
const id =
  (name: 'record' | 'correlationId' | 'operationId') =>
  (text: string): Read => ({ [name]: text.toLowerCase() });

const wholeNumber =
  (name: 'top' | 'minAttempts', most: number) =>
  (text: string): Read =>
    /^\d{1,6}$/.test(text) && Number(text) >= 1 && Number(text) <= most
      ? { [name]: Number(text) }
      : `${name} is "${text}"; it must be a whole number from 1 to ${most}.`;

/** The list of the host: a parameter that is given twice arrives with a comma between its values. */
const parts = (text: string): string[] => text.split(',').filter((part) => part !== '');

const status = (text: string): Read => {
  const wrong = parts(text).find((part) => !isJobStatus(part));
  if (wrong !== undefined) {
    return `status is "${wrong}"; it must be one or some of ${Object.keys(jobStatuses).join(', ')}.`;
  }
  const wanted = [...new Set(parts(text))] as JobStatus[];
  const [one] = wanted;
  if (one === undefined) return {};
  return { status: wanted.length === 1 ? one : wanted };
};

/** `code` may be the function key as well: then what is no failure code is the key. */
const code =
  (keyInQuery: boolean) =>
  (text: string): Read => {
    const codes = [...new Set(parts(text).filter(isFailureCode))];
    const wrong = keyInQuery ? undefined : parts(text).find((part) => !isFailureCode(part));
    if (wrong !== undefined) return `code is "${wrong}", which is no failure code of docs/errors.md.`;
    if (codes.length > 1) return `code is "${codes.join()}"; it must be one failure code.`;
    return codes[0] === undefined ? {} : { code: codes[0] };
  };

const mostAttempts = 100_000;

const readers = (keyInQuery: boolean): Readonly<Record<string, (text: string) => Read>> => ({
  status,
  attention: flag('attention'),
  endpoint: plain('endpoint'),
  code: code(keyInQuery),
  table: plain('table'),
  message: plain('message'),
  record: id('record'),
  correlationId: id('correlationId'),
  operationId: id('operationId'),
  held: flag('held'),
  retried: flag('retried'),
  minAttempts: wholeNumber('minAttempts', mostAttempts),
  nextBefore: time('nextBefore'),
  from: time('from'),
  to: time('to'),
  top: wholeNumber('top', mostTop),
  after: plain('after'),
  // Goes with a function key in `code`.
  ...(keyInQuery ? { clientId: () => ({}) } : {}),
});

const tooMany = `There are too many criteria at once; the store takes ${mostCriteria}. Ask for fewer statuses.`;

/**
 * Reads the query of `GET /api/jobs`; every fault is reported. An empty parameter counts as absent.
 *
 * @param keyInQuery whether `code` may carry the function key: it does when no header carries one.
 */
export const readListQuery = (
  entries: Iterable<readonly [string, string]>,
  keyInQuery: boolean,
): ListQueryRead => {
  const offered = readers(keyInQuery);
  const reads = [...entries]
    .filter(([, text]) => text !== '')
    .map(([name, text]): Read =>
      Object.hasOwn(offered, name)
        ? (offered[name]?.(text) ?? {})
        : `"${name}" is not a parameter; there are ${Object.keys(offered).join(', ')}.`,
    );
  const faults = reads.filter((read) => typeof read === 'string');
  const query = reads
    .filter((read) => typeof read === 'object')
    .reduce<JobListQuery>((all, read) => ({ ...all, ...read }), { top: defaultTop });
  if (faults.length === 0 && criteriaIn(query) > mostCriteria) faults.push(tooMany);
  return faults.length > 0 ? { kind: 'faulty', faults } : { kind: 'read', query };
};
