import type { OperationFilter } from '../api/operations.ts';
import type { BulkRequest } from './bulk.ts';
import type { FilterName, JobFilter } from './filter.ts';

type Read = (value: string) => OperationFilter;

const flag = (value: string): boolean => value === 'true';

/** How an operation names the terms of the list; one that were left out would hit more jobs than the person saw. */
const readers: Readonly<Record<FilterName, Read>> = {
  status: (statuses) => ({ status: statuses.split(',') }),
  attention: (value) => ({ attention: flag(value) }),
  endpoint: (endpoint) => ({ endpoint }),
  code: (code) => ({ code }),
  table: (table) => ({ table }),
  message: (message) => ({ message }),
  record: (record) => ({ record }),
  held: (value) => ({ held: flag(value) }),
  retried: (value) => ({ retried: flag(value) }),
  retrying: (value) => ({ retrying: flag(value) }),
  minAttempts: (attempts) => ({ minAttempts: Number(attempts) }),
  nextBefore: (nextBefore) => ({ nextBefore }),
  from: (from) => ({ from }),
  to: (to) => ({ to }),
  correlationId: (correlationId) => ({ correlationId }),
  operationId: (operationId) => ({ operationId }),
};

const fromTerms = (terms: JobFilter): OperationFilter => {
  const named = Object.entries(terms) as [FilterName, string][];
  return Object.assign({}, ...named.map(([name, value]) => readers[name](value))) as OperationFilter;
};

/** What an operation is to be asked for. */
export const bulkFilterOf = ({ target }: BulkRequest): OperationFilter =>
  target.kind === 'ids' ? { ids: target.ids } : fromTerms(target.filter);
