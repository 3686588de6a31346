import type { AskedAction } from '../job/afterAction.ts';
import type { JobAction } from '../job/jobActions.ts';
import { bodyReader } from './readJsonBody.ts';
import { plainReason, reasonText } from './reason.ts';
import { time, type Schema } from './schemas/schema.ts';

/** Body of `POST /api/jobs/{id}/{action}`; may be absent where nothing is required. */
export const actionBody: Schema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    reason: reasonText('Why; kept on the job.'),
    until: time('With postpone: when the job goes on.'),
  },
};

interface ActionBody {
  readonly reason?: string;
  readonly until?: string;
}

const readActionBody = bodyReader<ActionBody>(actionBody);

export type ActionRead =
  | { readonly kind: 'read'; readonly asked: AskedAction }
  | { readonly kind: 'faulty'; readonly faults: string[] };

const faultsOf = (action: JobAction, { until }: ActionBody, now: Date): string[] => {
  if (action !== 'postpone') return until === undefined ? [] : ['until goes with postpone only'];
  if (until === undefined) return ['until is missing: when the job shall go on, like 2026-11-24T08:30:00Z'];
  return Date.parse(until) <= now.getTime() ? [`until is ${until}, which is past`] : [];
};

/** Reads what a person asks of a job; every fault is reported. */
export const readAction = (action: JobAction, json: string, by: string, now: Date): ActionRead => {
  const read = readActionBody(json);
  if (read.kind === 'faulty') return read;
  const { reason, until } = read.body;
  const faults = faultsOf(action, read.body, now);
  if (faults.length > 0) return { kind: 'faulty', faults };
  return {
    kind: 'read',
    asked: {
      action,
      by,
      reason: reason === undefined ? undefined : plainReason(reason),
      until: until === undefined ? undefined : new Date(until),
    },
  };
};
