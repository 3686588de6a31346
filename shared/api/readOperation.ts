import { criteriaIn, mostCriteria } from '../job/jobList.ts';
import type { Canary } from '../operation/canary.ts';
import { bulkActions, hasOutcomes, type BulkAction } from '../operation/bulkAction.ts';
import type { OperationRequest } from '../operation/operation.ts';
import type { OperationFilter } from '../operation/operationFilter.ts';
import { bodyReader } from './readJsonBody.ts';
import { filterOf, operationFilter, type FilterBody } from './readOperationFilter.ts';
import { plainReason, reasonText } from './reason.ts';
import { flag, integer, list, oneOf, time, type Schema } from './schemas/schema.ts';

const defaultRate = 600;
const defaultCanary: Canary = { steps: [1, 10, 100], failureLimitPercent: 10 };

/** How a canary can be asked for. */
const canarySchema: Schema = {
  type: 'object',
  description: 'With retry and resume: small steps first, and an end when too many jobs fail again.',
  additionalProperties: false,
  properties: {
    steps: {
      ...list(integer('Jobs of a step.', { minimum: 1, maximum: 1000 }), 'Jobs of each step; then the rest.'),
      minItems: 1,
      maxItems: 5,
      default: defaultCanary.steps,
    },
    failureLimitPercent: integer('Share of the jobs of a step that may fail again, in percent.', {
      minimum: 0,
      maximum: 99,
      default: defaultCanary.failureLimitPercent,
    }),
  },
};

/** Body of `POST /api/operations`. */
export const operationBody: Schema = {
  type: 'object',
  additionalProperties: false,
  required: ['action', 'filter', 'reason'],
  properties: {
    action: oneOf('What to do with each job.', bulkActions),
    filter: operationFilter,
    until: time('With postpone: when the jobs go on.'),
    reason: reasonText('Why; shown with the operation and with each job.'),
    ratePerMinute: integer('Jobs acted on in a minute, at most.', {
      minimum: 1,
      maximum: 6000,
      default: defaultRate,
    }),
    canary: canarySchema,
    cutOff: time('Jobs that came, or came to rest, after this are left alone; now when absent.'),
    dryRun: flag('Only count the jobs.'),
  },
};

interface OperationBody {
  readonly action: BulkAction;
  readonly filter: FilterBody;
  readonly until?: string;
  readonly reason: string;
  readonly ratePerMinute?: number;
  readonly canary?: Partial<Canary>;
  readonly cutOff?: string;
  readonly dryRun?: boolean;
}

const readBody = bodyReader<OperationBody>(operationBody);

export type OperationRead =
  | { readonly kind: 'read'; readonly request: OperationRequest; readonly dryRun: boolean }
  | { readonly kind: 'faulty'; readonly faults: readonly string[] };

const timeFaults = ({ action, until, cutOff }: OperationBody, now: Date): string[] => {
  const faults: string[] = [];
  const isPast = until !== undefined && Date.parse(until) <= now.getTime();
  if (isPast) faults.push(`until is ${until}, which is past.`);
  if (action === 'postpone' && until === undefined) {
    faults.push('until is missing: when the jobs shall go on, like 2026-11-24T08:30:00Z.');
  }
  if (action !== 'postpone' && until !== undefined) faults.push('until goes with postpone only.');
  if (cutOff !== undefined && Date.parse(cutOff) > now.getTime()) {
    faults.push(`cutOff is ${cutOff}, which is to come; jobs that nobody has seen cannot be acted on.`);
  }
  return faults;
};

const filterFaults = (filter: OperationFilter): string[] => {
  if (Object.keys(filter).length === 0) return ['filter is empty; name one criterion at least.'];
  return criteriaIn({ ...filter, top: 1 }) > mostCriteria
    ? [`filter has too many criteria at once; the store takes ${mostCriteria}. Name fewer statuses.`]
    : [];
};

const canaryFaults = ({ action, canary }: OperationBody): string[] =>
  canary === undefined || hasOutcomes(action)
    ? []
    : ['canary goes with retry and resume only: nothing else has an outcome to wait for.'];

const requestOf = (
  body: OperationBody,
  filter: OperationFilter,
  by: string,
  now: Date,
): OperationRequest => ({
  action: body.action,
  filter,
  until: body.until === undefined ? undefined : new Date(body.until),
  reason: plainReason(body.reason),
  by,
  cutOff: body.cutOff === undefined ? now : new Date(body.cutOff),
  ratePerMinute: body.ratePerMinute ?? defaultRate,
  canary: body.canary === undefined ? undefined : { ...defaultCanary, ...body.canary },
});

/** Reads the body of `POST /api/operations`; every fault is reported. */
export const readOperation = (json: string, by: string, now: Date): OperationRead => {
  const read = readBody(json);
  if (read.kind === 'faulty') return read;
  const { body } = read;
  const filter = filterOf(body.filter);
  // What a schema does not say, since it takes two members, or a clock, to see it.
  const faults = [...timeFaults(body, now), ...filterFaults(filter), ...canaryFaults(body)];
  if (faults.length > 0) return { kind: 'faulty', faults };
  return { kind: 'read', request: requestOf(body, filter, by, now), dryRun: body.dryRun === true };
};
