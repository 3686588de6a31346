import type { FailureCode } from '../delivery/failureCatalogue.ts';
import type { JobId } from '../job/jobId.ts';
import { openMs, type BreakerOptions } from './breakerOptions.ts';
import {
  kindOf,
  probeDueOn,
  type Breaker,
  type Drain,
  type EndpointState,
  type EndpointStateKind,
  type Opening,
} from './endpointState.ts';

/** What can happen to an endpoint. */
export type EndpointEvent =
  | { readonly kind: 'pause'; readonly by: string; readonly reason?: string }
  /** Jobs that are held are let go, `perMinute`; an open breaker lets its probe through at once. */
  | { readonly kind: 'resume'; readonly perMinute: number }
  /** As resume, at a rate that is kept; while jobs are let go it changes the rate. */
  | { readonly kind: 'drain'; readonly perMinute: number }
  | { readonly kind: 'open'; readonly code: FailureCode; readonly options: BreakerOptions }
  /** A job asks to be the probe. */
  | { readonly kind: 'claim'; readonly job: JobId }
  /** The probe was delivered, or refused for what it carries. */
  | { readonly kind: 'close'; readonly job: JobId; readonly perMinute: number }
  | {
      readonly kind: 'reopen';
      readonly job: JobId;
      readonly code: FailureCode;
      readonly options: BreakerOptions;
    }
  /** The probe never reached the endpoint. */
  | { readonly kind: 'giveBack'; readonly job: JobId; readonly options: BreakerOptions }
  /** Jobs are about to be let go. */
  | { readonly kind: 'letGo'; readonly paidUntil: Date }
  /** No job is held any more. */
  | { readonly kind: 'drained' };

type EventKind = EndpointEvent['kind'];

/**
 * The kinds of state an event can lead to, by the kind it meets; what is not listed is refused. A paused endpoint keeps
 * its breaker, so a pause may end in what the breaker says.
 */
export const eventTable: Readonly<
  Record<EventKind, Partial<Record<EndpointStateKind, readonly EndpointStateKind[]>>>
> = {
  pause: { running: ['paused'], open: ['paused'], halfOpen: ['paused'], draining: ['paused'] },
  resume: { paused: ['draining', 'open', 'halfOpen'], open: ['open'] },
  drain: { paused: ['draining', 'open', 'halfOpen'], open: ['open'], draining: ['draining'] },
  open: { running: ['open'], draining: ['open'] },
  claim: { open: ['halfOpen'], halfOpen: ['halfOpen'] },
  close: { halfOpen: ['draining'], paused: ['paused'] },
  reopen: { halfOpen: ['open'], paused: ['paused'] },
  giveBack: { halfOpen: ['open'], paused: ['paused'] },
  letGo: { draining: ['draining'] },
  drained: { draining: ['running'] },
};

/**
 * How long a probe has for its result. An attempt takes a minute at most; an activity whose process died runs again
 * within another one (host.json).
 */
export const claimMs = 3 * 60_000;

const iso = (ms: number): string => new Date(ms).toISOString();

const drainFrom = (perMinute: number, now: Date): Drain => ({
  perMinute,
  startedOn: now.toISOString(),
  paidUntil: now.toISOString(),
});

const openedFor = (from: Opening, ms: number, now: Date): Breaker => ({
  state: 'open',
  openedOn: from.openedOn,
  openUntil: iso(now.getTime() + ms),
  openings: from.openings,
  code: from.code,
});

/** Without its pause: what the breaker says, and no wait for its probe. */
const awake = (state: EndpointState, perMinute: number, now: Date): EndpointState => {
  const { breaker } = state;
  const rest = { ...state, pause: undefined, drain: undefined };
  if (breaker.state === 'closed') return { ...rest, drain: drainFrom(perMinute, now) };
  return breaker.state === 'open' ? { ...rest, breaker: openedFor(breaker, 0, now) } : rest;
};

const opened = (
  state: EndpointState,
  code: FailureCode,
  options: BreakerOptions,
  now: Date,
): EndpointState => {
  const openedOn = now.toISOString();
  return {
    ...state,
    drain: undefined,
    breaker: {
      state: 'open',
      openedOn,
      openUntil: iso(now.getTime() + openMs(options, 1)),
      openings: 1,
      code,
    },
  };
};

const claimed = (state: EndpointState, job: JobId, now: Date): EndpointState | undefined => {
  const { breaker } = state;
  if (breaker.state === 'closed') return undefined;
  const dueOn = probeDueOn(breaker);
  const isOwn = breaker.state === 'halfOpen' && breaker.probe === job;
  if (!isOwn && Date.parse(dueOn) > now.getTime()) return undefined;
  return {
    ...state,
    breaker: { ...breaker, state: 'halfOpen', probe: job, claimedUntil: iso(now.getTime() + claimMs) },
  };
};

/** The breaker that waits for this job's result; undefined when it waits for none, or for another's. */
const waitsFor = ({ breaker }: EndpointState, job: JobId): Opening | undefined =>
  breaker.state === 'halfOpen' && breaker.probe === job ? breaker : undefined;

const probed = (
  state: EndpointState,
  event: Extract<EndpointEvent, { kind: 'close' | 'reopen' | 'giveBack' }>,
  now: Date,
): EndpointState | undefined => {
  const opening = waitsFor(state, event.job);
  if (opening === undefined) return undefined;
  switch (event.kind) {
    case 'close': {
      const breaker: Breaker = { state: 'closed', closedOn: now.toISOString() };
      if (state.pause !== undefined) return { ...state, breaker };
      return { ...state, breaker, drain: drainFrom(event.perMinute, now) };
    }
    case 'reopen': {
      const again = { ...opening, code: event.code, openings: opening.openings + 1 };
      return { ...state, breaker: openedFor(again, openMs(event.options, again.openings), now) };
    }
    case 'giveBack':
      return { ...state, breaker: openedFor(opening, openMs(event.options, 1), now) };
  }
};

const paused = (state: EndpointState, by: string, reason: string | undefined, now: Date): EndpointState => {
  const pause = { by, on: now.toISOString(), ...(reason === undefined ? {} : { reason }) };
  return { ...state, drain: undefined, pause };
};

const changed = (state: EndpointState, event: EndpointEvent, now: Date): EndpointState | undefined => {
  const { drain } = state;
  switch (event.kind) {
    case 'pause':
      return paused(state, event.by, event.reason, now);
    case 'resume':
      return awake(state, event.perMinute, now);
    case 'drain': {
      const { perMinute } = event;
      return drain === undefined
        ? { ...awake(state, perMinute, now), drainPerMinute: perMinute }
        : { ...state, drain: { ...drain, perMinute }, drainPerMinute: perMinute };
    }
    case 'open':
      return opened(state, event.code, event.options, now);
    case 'claim':
      return claimed(state, event.job, now);
    case 'close':
    case 'reopen':
    case 'giveBack':
      return probed(state, event, now);
    case 'letGo':
      return drain === undefined
        ? undefined
        : { ...state, drain: { ...drain, paidUntil: event.paidUntil.toISOString() } };
    case 'drained':
      return { ...state, drain: undefined };
  }
};

/** The endpoint after an event; undefined when the event means nothing in the state it meets. */
export const afterEvent = (
  state: EndpointState,
  event: EndpointEvent,
  now: Date,
): EndpointState | undefined => {
  const before = kindOf(state);
  if (eventTable[event.kind][before] === undefined) return undefined;
  const after = changed(state, event, now);
  if (after === undefined || kindOf(after) === before) return after;
  return { ...after, since: now.toISOString() };
};
