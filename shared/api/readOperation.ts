import { Ajv, type ErrorObject } from 'ajv';
import type { JobAction } from '../job/jobActions.ts';
import { criteriaIn, mostCriteria } from '../job/jobList.ts';
import type { Canary } from '../operation/canary.ts';
import { hasOutcomes, type OperationRequest } from '../operation/operation.ts';
import type { OperationFilter } from '../operation/operationFilter.ts';
import { plainText } from '../text/plainText.ts';
import { operationFilterSchema, operationSchema } from './operationSchema.ts';

type Times = 'from' | 'to' | 'nextBefore';

/** What the schema lets through: times are still texts. */
type FilterBody = Omit<OperationFilter, Times> & { readonly [Name in Times]?: string };

interface OperationBody {
  readonly action: JobAction;
  readonly filter: FilterBody;
  readonly until?: string;
  readonly reason: string;
  readonly ratePerMinute?: number;
  readonly canary?: Partial<Canary>;
  readonly cutOff?: string;
  readonly dryRun?: boolean;
}

const isOperationBody = new Ajv({
  allErrors: true,
  strict: true,
  allowUnionTypes: true,
}).compile<OperationBody>(operationSchema);

export type OperationRead =
  | { readonly kind: 'read'; readonly request: OperationRequest; readonly dryRun: boolean }
  | { readonly kind: 'faulty'; readonly faults: readonly string[] };

const defaultRate = 600;
const defaultCanary: Canary = { steps: [1, 10, 100], failureLimitPercent: 10 };

const parse = (text: string): { value: unknown } | undefined => {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
};

/** Members there are, by the place in the body. */
const membersAt: Readonly<Record<string, readonly string[]>> = {
  '': Object.keys(operationSchema.properties),
  '/filter': Object.keys(operationFilterSchema.properties),
  '/canary': Object.keys(operationSchema.properties.canary.properties),
};

const describe = ({ instancePath, keyword, message, params }: ErrorObject): string => {
  const place = instancePath === '' ? 'the body' : instancePath;
  const { additionalProperty, allowedValues } = params as Readonly<Record<string, unknown>>;
  if (typeof additionalProperty === 'string') {
    return `"${additionalProperty}" is not a member of ${place}; there are ${(membersAt[instancePath] ?? []).join(', ')}.`;
  }
  const values = Array.isArray(allowedValues) ? `: ${allowedValues.join(', ')}` : '';
  return `${place} ${message ?? keyword}${values}.`;
};

const times = ({ filter: { from, to, nextBefore }, until, cutOff }: OperationBody) => ({
  from,
  to,
  nextBefore,
  until,
  cutOff,
});

const timeFaults = (body: OperationBody, now: Date): string[] => {
  const faults = Object.entries(times(body))
    .filter(([, text]) => text !== undefined && Number.isNaN(Date.parse(text)))
    .map(([name, text]) => `${name} is "${text ?? ''}", which is no time.`);
  const { until, cutOff } = body;
  if (until !== undefined && Date.parse(until) <= now.getTime())
    faults.push(`until is ${until}, which is past.`);
  if (cutOff !== undefined && Date.parse(cutOff) > now.getTime()) {
    faults.push(`cutOff is ${cutOff}, which is to come; jobs that nobody has seen cannot be acted on.`);
  }
  return faults;
};

/** What a schema does not say, since it takes two members to see it. */
const faultsOf = (body: OperationBody, now: Date): string[] => {
  const { action, filter, until, canary } = body;
  const faults = timeFaults(body, now);
  if (action === 'postpone' && until === undefined) {
    faults.push('until is missing: when the jobs shall go on, like 2026-11-24T08:30:00Z.');
  }
  if (action !== 'postpone' && until !== undefined) faults.push('until goes with postpone only.');
  if (canary !== undefined && !hasOutcomes(action)) {
    faults.push('canary goes with retry and resume only: nothing else has an outcome to wait for.');
  }
  if (Object.keys(filter).length === 0) {
    faults.push('filter is empty; name at least one criterion, or the status.');
  }
  if (criteriaIn({ ...filterOf(filter), top: 1 }) > mostCriteria) {
    faults.push(`filter has too many criteria; the store takes ${mostCriteria}. Name fewer statuses.`);
  }
  return faults;
};

const time = (name: Times, text: string | undefined) =>
  text === undefined ? {} : { [name]: new Date(text) };

const lower = (name: 'record' | 'correlationId' | 'operationId', text: string | undefined) =>
  text === undefined ? {} : { [name]: text.toLowerCase() };

/** Ids of records and operations are stored in lower case. */
const filterOf = ({ from, to, nextBefore, ids, ...rest }: FilterBody): OperationFilter => ({
  ...rest,
  ...lower('record', rest.record),
  ...lower('correlationId', rest.correlationId),
  ...lower('operationId', rest.operationId),
  ...time('from', from),
  ...time('to', to),
  ...time('nextBefore', nextBefore),
  ...(ids === undefined ? {} : { ids: [...new Set(ids)] }),
});

const requestOf = (body: OperationBody, by: string, now: Date): OperationRequest => ({
  action: body.action,
  filter: filterOf(body.filter),
  until: body.until === undefined ? undefined : new Date(body.until),
  reason: plainText(body.reason, operationSchema.properties.reason.maxLength),
  by,
  cutOff: body.cutOff === undefined ? now : new Date(body.cutOff),
  ratePerMinute: body.ratePerMinute ?? defaultRate,
  canary: body.canary === undefined ? undefined : { ...defaultCanary, ...body.canary },
});

/** Reads the body of `POST /api/operations`; every fault is reported. */
export const readOperation = (text: string, by: string, now: Date): OperationRead => {
  const parsed = parse(text);
  if (parsed === undefined) return { kind: 'faulty', faults: ['The body is not JSON.'] };
  if (!isOperationBody(parsed.value)) {
    return { kind: 'faulty', faults: (isOperationBody.errors ?? []).map(describe) };
  }
  const faults = faultsOf(parsed.value, now);
  if (faults.length > 0) return { kind: 'faulty', faults };
  return {
    kind: 'read',
    request: requestOf(parsed.value, by, now),
    dryRun: parsed.value.dryRun === true,
  };
};
