import type { OperationFilter } from '../api/operations.ts';
import type { BulkRequest } from './bulk.ts';
import type { FilterName, JobFilter } from './filter.ts';

/** The jobs of a bulk request as the API takes them, or the terms that it does not take. */
export type BulkFilter =
  | { readonly kind: 'filter'; readonly filter: OperationFilter }
  | { readonly kind: 'impossible'; readonly names: readonly FilterName[] };

type Read = (value: string) => OperationFilter;

/** Terms of the list that an operation knows too; one that is left out would hit more jobs than the person saw. */
const readers: Readonly<Partial<Record<FilterName, Read>>> = {
  status: (status) => ({ status }),
  endpoint: (endpoint) => ({ endpoint }),
  code: (code) => ({ code }),
  table: (table) => ({ table }),
  message: (message) => ({ message }),
  from: (from) => ({ from }),
  to: (to) => ({ to }),
  held: (held) => ({ held: held === 'true' }),
  retried: () => ({ minAttempts: 2 }),
  minAttempts: (attempts) => ({ minAttempts: Number(attempts) }),
};

/** Both may ask for a number of attempts; the greater one holds. */
const joined = (left: OperationFilter, right: OperationFilter): OperationFilter => {
  const attempts = [left.minAttempts, right.minAttempts].filter((each) => each !== undefined);
  return { ...left, ...right, ...(attempts.length === 0 ? {} : { minAttempts: Math.max(...attempts) }) };
};

const fromTerms = (terms: JobFilter): BulkFilter => {
  const named = Object.entries(terms) as [FilterName, string][];
  const names = named.map(([name]) => name).filter((name) => readers[name] === undefined);
  if (names.length > 0) return { kind: 'impossible', names };
  const filters = named.map(([name, value]) => readers[name]?.(value) ?? {});
  return { kind: 'filter', filter: filters.reduce(joined, {}) };
};

/** What an operation is to be asked for. */
export const bulkFilterOf = ({ target }: BulkRequest): BulkFilter =>
  target.kind === 'ids' ? { kind: 'filter', filter: { ids: target.ids } } : fromTerms(target.filter);
