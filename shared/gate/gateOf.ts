import type { JobId } from '../job/jobId.ts';
import { retryDelayMs } from '../job/retryPolicy.ts';
import { drainMoves } from './drainRate.ts';
import { kindOf, probeDueOn, type EndpointState } from './endpointState.ts';

/** What the gate looks at of a job. */
export interface JobAtGate {
  readonly id: JobId;
  /** Held before, and not let go since. */
  readonly held: boolean;
  readonly modifiedOn: Date;
  readonly postponeUntil: Date | undefined;
}

/**
 * Whether a job may make its attempt.
 *
 * - `pass`: it may.
 * - `probe`: it may if it is the one that claims it.
 * - `held`: not now; it looks again at `lookAgainOn`, unless it is let go before.
 */
export type Passage =
  | { readonly kind: 'pass' }
  | { readonly kind: 'probe' }
  | { readonly kind: 'held'; readonly reason: string; readonly lookAgainOn: Date };

/** Held jobs are let go, not asked for; looking again is for the case that this gets lost. */
const lookPolicy = {
  firstDelaySeconds: 60,
  factor: 2,
  longestDelaySeconds: 600,
  totalHours: Number.POSITIVE_INFINITY,
  maxAttempts: Number.POSITIVE_INFINITY,
};

/** Looks so far, the coming one included: the wait before it tells, since each is twice as long as the last. */
const lookNumber = ({ held, modifiedOn, postponeUntil }: JobAtGate): number => {
  if (!held || postponeUntil === undefined) return 1;
  const waits = (postponeUntil.getTime() - modifiedOn.getTime()) / (lookPolicy.firstDelaySeconds * 1000);
  return Math.max(1, Math.round(Math.log2(Math.max(waits, 0.5))) + 2);
};

const held = (job: JobAtGate, now: Date, reason: string): Passage => ({
  kind: 'held',
  reason,
  lookAgainOn: new Date(now.getTime() + retryDelayMs(lookPolicy, job.id, Math.min(lookNumber(job), 10))),
});

const pausedReason = ({ pause }: EndpointState): string =>
  `the endpoint was paused by ${pause?.by ?? 'a person'}${pause?.reason === undefined ? '' : `: ${pause.reason}`}`;

/** Decides by the state alone; whoever claims a probe writes it to the endpoint's row before the attempt. */
export const gateOf = (state: EndpointState, job: JobAtGate, now: Date): Passage => {
  const { breaker, drain } = state;
  switch (kindOf(state)) {
    case 'running':
      return { kind: 'pass' };
    case 'paused':
      return held(job, now, pausedReason(state));
    case 'draining':
      return job.held && drain !== undefined && drainMoves(drain, now)
        ? held(job, now, 'jobs that were held before it are let go first')
        : { kind: 'pass' };
    case 'open':
    case 'halfOpen':
      break;
  }
  if (breaker.state === 'closed') return { kind: 'pass' };
  const dueOn = probeDueOn(breaker);
  const isOwn = breaker.state === 'halfOpen' && breaker.probe === job.id;
  if (isOwn || Date.parse(dueOn) <= now.getTime()) return { kind: 'probe' };
  const why = breaker.state === 'open' ? `until ${breaker.openUntil}` : 'while one job tries it';
  return held(job, now, `the endpoint keeps failing (${breaker.code}), so it is left alone ${why}`);
};
