import type { JobListQuery } from '../job/jobList.ts';
import { isJobStatus, jobStatuses } from '../job/jobStatus.ts';

export type ListQueryRead =
  | { readonly kind: 'read'; readonly query: JobListQuery }
  | { readonly kind: 'faulty'; readonly faults: string[] };

const defaultTop = 50;
const mostTop = 200;

/** `code` and `clientId` carry the function key. */
const keys = ['code', 'clientId'];

const offered = ['status', 'attention', 'endpoint', 'table', 'message', 'from', 'to', 'top', 'after'];

const isoTime = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?$/;

const isTime = (text: string): boolean => isoTime.test(text) && !Number.isNaN(Date.parse(text));

const faultsOf = (parameters: ReadonlyMap<string, string>): string[] => {
  const faults = [...parameters.keys()]
    .filter((name) => !offered.includes(name) && !keys.includes(name))
    .map((name) => `"${name}" is not a parameter; there are ${offered.join(', ')}.`);
  const status = parameters.get('status');
  if (status !== undefined && !isJobStatus(status)) {
    faults.push(`status is "${status}"; it must be one of ${Object.keys(jobStatuses).join(', ')}.`);
  }
  const attention = parameters.get('attention');
  if (attention !== undefined && attention !== 'true') {
    faults.push(`attention is "${attention}"; it must be true, or absent.`);
  }
  for (const name of ['from', 'to']) {
    const text = parameters.get(name);
    if (text !== undefined && !isTime(text)) {
      faults.push(`${name} is "${text}"; it must be a time like 2026-11-24 or 2026-11-24T08:30:00Z.`);
    }
  }
  const top = parameters.get('top');
  if (top !== undefined && !(/^\d{1,3}$/.test(top) && Number(top) >= 1 && Number(top) <= mostTop)) {
    faults.push(`top is "${top}"; it must be a whole number from 1 to ${mostTop}.`);
  }
  return faults;
};

/** Reads the query of `GET /api/jobs`; every fault is reported. An empty parameter counts as absent. */
export const readListQuery = (entries: Iterable<readonly [string, string]>): ListQueryRead => {
  const parameters = new Map([...entries].filter(([, value]) => value !== ''));
  const faults = faultsOf(parameters);
  if (faults.length > 0) return { kind: 'faulty', faults };
  const text = (name: string, as: string) => (parameters.has(name) ? { [as]: parameters.get(name) } : {});
  const time = (name: string) =>
    parameters.has(name) ? { [name]: new Date(parameters.get(name) ?? '') } : {};
  return {
    kind: 'read',
    query: {
      top: Number(parameters.get('top') ?? defaultTop),
      ...text('status', 'status'),
      ...(parameters.has('attention') ? { attention: true } : {}),
      ...text('endpoint', 'endpoint'),
      ...text('table', 'table'),
      ...text('message', 'message'),
      ...text('after', 'after'),
      ...time('from'),
      ...time('to'),
    },
  };
};
