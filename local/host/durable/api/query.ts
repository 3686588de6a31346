import { isFinished, type Instance } from '../../store/state.ts';
import { toMs } from '../time.ts';

/** Which instances a list or a purge means. What cannot be understood is ignored, as the real API does. */
export interface Filter {
  readonly prefix: string | undefined;
  readonly fromMs: number | undefined;
  readonly toMs: number | undefined;
  readonly statuses: readonly string[];
}

const statusNames = [
  'Running',
  'Completed',
  'ContinuedAsNew',
  'Failed',
  'Canceled',
  'Terminated',
  'Pending',
  'Suspended',
];

const timeOf = (text: string | null): number | undefined => {
  const ms = text === null ? Number.NaN : Date.parse(text);
  return Number.isNaN(ms) ? undefined : ms;
};

export const booleanOf = (query: URLSearchParams, name: string, fallback: boolean): boolean => {
  const text = query.get(name)?.trim().toLowerCase();
  if (text === 'true') return true;
  return text === 'false' ? false : fallback;
};

export const readFilter = (query: URLSearchParams): Filter => ({
  prefix: query.get('instanceIdPrefix') ?? undefined,
  fromMs: timeOf(query.get('createdTimeFrom')),
  toMs: timeOf(query.get('createdTimeTo')),
  statuses: query
    .getAll('runtimeStatus')
    .flatMap((list) => list.split(','))
    .map((name) => name.trim())
    .filter((name) => statusNames.includes(name)),
});

export const passes = (instance: Instance, { prefix, fromMs, toMs: untilMs, statuses }: Filter): boolean => {
  if (prefix !== undefined && !instance.id.startsWith(prefix)) return false;
  if (statuses.length > 0 && !statuses.includes(instance.status)) return false;
  if (fromMs === undefined && untilMs === undefined) return true;
  const created = toMs(instance.started.at);
  return created >= (fromMs ?? -Infinity) && created <= (untilMs ?? Infinity);
};

/** Instances that may be purged by a filter: only those that have ended. */
export const purgeable = (instances: Iterable<Instance>, filter: Filter): string[] =>
  [...instances].filter((instance) => isFinished(instance) && passes(instance, filter)).map(({ id }) => id);

export interface Page {
  readonly instances: readonly Instance[];
  /** Where the next page starts; empty on the last one. */
  readonly token: string;
}

const DEFAULT_PAGE_SIZE = 100;

/** Azure Tables: the next partition key in base 64, a blank, the next row key (none). */
const toToken = (id: string): string => `${Buffer.from(id).toString('base64')} `;

const fromToken = (token: string | undefined): string =>
  Buffer.from((token ?? '').split(' ')[0] ?? '', 'base64').toString('utf8');

const byId = (left: Instance, right: Instance): number =>
  left.id < right.id ? -1 : Number(left.id > right.id);

/** One page of a list, ordered by id. */
export const pageOf = (
  instances: Iterable<Instance>,
  filter: Filter,
  top: string | null,
  token: string | undefined,
): Page => {
  const size = Number.parseInt(top ?? '', 10);
  const pageSize = Number.isNaN(size) || size <= 0 ? DEFAULT_PAGE_SIZE : size;
  const from = fromToken(token);
  const found = [...instances].filter(({ id }) => id >= from).filter((instance) => passes(instance, filter));
  found.sort(byId);
  const next = found[pageSize];
  return { instances: found.slice(0, pageSize), token: next === undefined ? '' : toToken(next.id) };
};
