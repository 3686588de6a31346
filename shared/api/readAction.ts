import { Ajv, type ErrorObject } from 'ajv';
import type { AskedAction } from '../job/afterAction.ts';
import type { JobAction } from '../job/jobActions.ts';
import { plainText } from '../text/plainText.ts';

const longestReason = 500;

/** Body of `POST /api/jobs/{id}/{action}`; may be absent where nothing is required. */
const actionSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    reason: { type: 'string', minLength: 1, maxLength: longestReason },
    until: {
      type: 'string',
      pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2}(\\.\\d+)?)?(Z|[+-]\\d{2}:\\d{2})$',
    },
  },
} as const;

interface ActionBody {
  readonly reason?: string;
  readonly until?: string;
}

const isActionBody = new Ajv({ allErrors: true, strict: true }).compile<ActionBody>(actionSchema);

export type ActionRead =
  | { readonly kind: 'read'; readonly asked: AskedAction }
  | { readonly kind: 'faulty'; readonly faults: string[] };

const parse = (text: string): { value: unknown } | undefined => {
  try {
    return { value: text.trim() === '' ? {} : JSON.parse(text) };
  } catch {
    return undefined;
  }
};

const describe = (error: ErrorObject): string => {
  const extra = (error.params as { additionalProperty?: string }).additionalProperty;
  return extra === undefined
    ? `${error.instancePath || 'the body'} ${error.message ?? error.keyword}`
    : `"${extra}" is not a member; there are reason and until`;
};

const faultsOf = (action: JobAction, { until }: ActionBody, now: Date): string[] => {
  if (action !== 'postpone') return until === undefined ? [] : ['until goes with postpone only'];
  if (until === undefined) return ['until is missing: when the job shall go on, like 2026-11-24T08:30:00Z'];
  const time = Date.parse(until);
  if (Number.isNaN(time)) return [`until is "${until}", which is no time`];
  return time <= now.getTime() ? [`until is ${until}, which is past`] : [];
};

/** Reads what a person asks of a job; every fault is reported. */
export const readAction = (action: JobAction, text: string, by: string, now: Date): ActionRead => {
  const parsed = parse(text);
  if (parsed === undefined) return { kind: 'faulty', faults: ['the body is not JSON'] };
  if (!isActionBody(parsed.value)) {
    return { kind: 'faulty', faults: (isActionBody.errors ?? []).map(describe) };
  }
  const { reason, until } = parsed.value;
  const faults = faultsOf(action, parsed.value, now);
  if (faults.length > 0) return { kind: 'faulty', faults };
  return {
    kind: 'read',
    asked: {
      action,
      by,
      reason: reason === undefined ? undefined : plainText(reason, longestReason),
      until: until === undefined ? undefined : new Date(until),
    },
  };
};
