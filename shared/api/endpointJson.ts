import type { FailureCode } from '../delivery/failureCatalogue.ts';
import type { ServiceEndpoint } from '../endpoint/serviceEndpoint.ts';
import { allowedEndpointActions, type EndpointAction } from '../gate/actOnEndpoint.ts';
import type { Backlog } from '../gate/backlog.ts';
import { kindOf, probeDueOn, type EndpointState, type EndpointStateKind } from '../gate/endpointState.ts';
import type { EndpointHistory, HourFigures } from '../gate/endpointHistory.ts';
import { reasonOf } from '../gate/reasonOf.ts';

/** An endpoint as callers see it. Times are ISO 8601 in UTC. */
export interface EndpointView extends Pick<
  ServiceEndpoint,
  'name' | 'contract' | 'path' | 'connection' | 'messageFormat' | 'retry'
> {
  /** How the app signs in; no secret. */
  readonly identity: string;
  readonly notifyPath: string;
  readonly state: EndpointStateKind;
  readonly since: string | null;
  /** Why it is in this state; null while it is running and its state can be read. */
  readonly reason: string | null;
  readonly pause: { readonly by: string; readonly on: string; readonly reason: string | null } | null;
  readonly breaker: {
    readonly state: 'closed' | 'open' | 'halfOpen';
    readonly openedOn: string | null;
    readonly code: FailureCode | null;
    /** From when the next job may be the probe. */
    readonly nextProbeOn: string | null;
    readonly openings: number;
  };
  readonly drainPerMinute: number;
  readonly held: number;
  readonly backlog: number;
  /** False when there are more jobs than were counted: `held` and `backlog` are then at least this. */
  readonly complete: boolean;
  /** When the last held job is let go at this rate; null when none is held or it is for a person to say. */
  readonly estimatedDrainOn: string | null;
  readonly hours: readonly HourFigures[];
  readonly lastDeliveredOn: string | null;
  readonly lastFailedOn: string | null;
  readonly actions: readonly EndpointAction[];
}

/** All that is known of an endpoint at a moment. */
export interface EndpointFacts {
  readonly endpoint: ServiceEndpoint;
  readonly identity: string;
  readonly state: EndpointState;
  /** Why its stored state cannot be read. */
  readonly fault?: string | undefined;
  readonly backlog: Backlog;
  readonly complete: boolean;
  readonly history: EndpointHistory;
}

const breakerView = ({ breaker }: EndpointState): EndpointView['breaker'] =>
  breaker.state === 'closed'
    ? { state: 'closed', openedOn: null, code: null, nextProbeOn: null, openings: 0 }
    : {
        state: breaker.state,
        openedOn: breaker.openedOn,
        code: breaker.code,
        nextProbeOn: probeDueOn(breaker),
        openings: breaker.openings,
      };

/** Draining begins now, or when the probe is due; only a person knows when a pause ends. */
const drainStartMs = ({ pause, breaker }: EndpointState, now: Date): number | undefined => {
  if (pause !== undefined) return undefined;
  const probeMs = breaker.state === 'open' ? Date.parse(breaker.openUntil) : now.getTime();
  return Math.max(probeMs, now.getTime());
};

const drainEnd = (state: EndpointState, held: number, perMinute: number, now: Date): string | null => {
  const startMs = drainStartMs(state, now);
  if (held === 0 || startMs === undefined) return null;
  return new Date(startMs + (held / perMinute) * 60_000).toISOString();
};

export const endpointView = (facts: EndpointFacts, now: Date): EndpointView => {
  const { endpoint, identity, state, backlog, complete, history } = facts;
  const { name, contract, path, connection, messageFormat, retry } = endpoint;
  const drainPerMinute = state.drain?.perMinute ?? state.drainPerMinute ?? endpoint.drainPerMinute;
  const { pause } = state;
  return {
    name,
    contract,
    path,
    connection,
    messageFormat,
    retry,
    identity,
    notifyPath: `/api/notify/${name}`,
    state: kindOf(state),
    since: state.since ?? null,
    reason: facts.fault ?? reasonOf(state),
    pause: pause === undefined ? null : { by: pause.by, on: pause.on, reason: pause.reason ?? null },
    breaker: breakerView(state),
    drainPerMinute,
    ...backlog,
    complete,
    estimatedDrainOn: drainEnd(state, backlog.held, drainPerMinute, now),
    ...history,
    actions: allowedEndpointActions(state),
  };
};
