import { failureCatalogue } from '../delivery/failureCatalogue.ts';
import { jobIdPattern } from '../job/jobId.ts';
import { jobStatuses } from '../job/jobStatus.ts';
import type { OperationFilter } from '../operation/operationFilter.ts';
import { listQuery } from './readListQuery.ts';
import { list, oneOf, text, time, type Properties, type Schema } from './schemas/schema.ts';

/** Most jobs that can be named one by one. */
const mostIds = 1000;

const status = oneOf('A status.', Object.keys(jobStatuses));

/** Parameters that make the pages of a list. */
const ofPages = ['top', 'after'];

const ofLists: Properties = Object.fromEntries(
  Object.entries(listQuery).filter(([name]) => !ofPages.includes(name)),
);

/** What a list can be filtered by, and explicit ids. */
const properties: Properties = {
  ...ofLists,
  status: {
    description: 'Jobs in one of these statuses; those of the attention index when absent.',
    anyOf: [status, { ...list(status), minItems: 1, uniqueItems: true }],
  },
  code: oneOf('Jobs whose last failure has this code.', Object.keys(failureCatalogue)),
  ids: {
    ...list(text('Id of a job.', { pattern: jobIdPattern }), 'These jobs only.'),
    minItems: 1,
    maxItems: mostIds,
  },
};

/** Which jobs: one criterion at least, and all that are given must hold. */
export const operationFilter: Schema = {
  type: 'object',
  description: 'Which jobs; all criteria must hold, and there must be one.',
  additionalProperties: false,
  properties,
};

/** The same as answers show it: times are no longer days. */
export const shownFilter: Schema = {
  ...operationFilter,
  properties: {
    ...properties,
    from: time('Operations from this time on.'),
    to: time('Operations before this time.'),
    nextBefore: time('Only jobs that wait and go on before this time.'),
  },
};

type Times = 'from' | 'to' | 'nextBefore';

/** What the schema lets through: times are still texts. */
export type FilterBody = Omit<OperationFilter, Times> & { readonly [Name in Times]?: string };

type Ids = 'record' | 'correlationId' | 'operationId';

const timeOf = (name: Times, value: string | undefined) =>
  value === undefined ? {} : { [name]: new Date(value) };

/** Ids are stored in lower case. */
const lower = (name: Ids, value: string | undefined) =>
  value === undefined ? {} : { [name]: value.toLowerCase() };

export const filterOf = ({ from, to, nextBefore, ids, ...rest }: FilterBody): OperationFilter => ({
  ...rest,
  ...lower('record', rest.record),
  ...lower('correlationId', rest.correlationId),
  ...lower('operationId', rest.operationId),
  ...timeOf('from', from),
  ...timeOf('to', to),
  ...timeOf('nextBefore', nextBefore),
  ...(ids === undefined ? {} : { ids: [...new Set(ids)] }),
});
