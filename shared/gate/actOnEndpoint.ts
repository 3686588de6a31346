import { createHash } from 'node:crypto';
import { afterEvent, eventTable, type EndpointEvent } from './afterEvent.ts';
import { changeEndpoint, type Wish } from './changeEndpoint.ts';
import { endpointStateKinds, kindOf, type EndpointState } from './endpointState.ts';
import type { EndpointStore, StoredEndpoint } from './endpointStore.ts';

/** What a person can ask of an endpoint. */
export const endpointActions = ['pause', 'resume', 'drain'] as const;

export type EndpointAction = (typeof endpointActions)[number];

export const isEndpointAction = (text: string): text is EndpointAction =>
  (endpointActions as readonly string[]).includes(text);

/** The actions that an endpoint allows as it stands. */
export const allowedEndpointActions = (state: EndpointState): EndpointAction[] =>
  endpointActions.filter((action) => eventTable[action][kindOf(state)] !== undefined);

export interface AskedOfEndpoint {
  readonly action: EndpointAction;
  readonly by: string;
  readonly reason: string | undefined;
  /** Of a drain: jobs a minute. */
  readonly perMinute: number | undefined;
}

export interface ActOnEndpointDependencies {
  readonly store: EndpointStore;
  /** Starts or wakes the recovery; never throws, the sweeper repeats it. */
  readonly recover: (endpoint: string) => Promise<void>;
  /** Is told what was written, for the gate of this process: it would believe for a while what it read before. */
  readonly written: (stored: StoredEndpoint) => void;
  readonly now: () => Date;
}

type NotDone =
  | { readonly kind: 'forbidden'; readonly reason: string }
  /** The caller named a version (If-Match) that is no longer the current one. */
  | { readonly kind: 'stale'; readonly stored: StoredEndpoint };

export type EndpointAnswer = { readonly kind: 'done'; readonly stored: StoredEndpoint } | NotDone;

const eventOf = (
  { action, by, reason, perMinute }: AskedOfEndpoint,
  state: EndpointState,
  usualPerMinute: number,
): EndpointEvent => {
  const rate = perMinute ?? state.drainPerMinute ?? usualPerMinute;
  if (action !== 'pause') return { kind: action, perMinute: rate };
  return { kind: 'pause', by, ...(reason === undefined ? {} : { reason }) };
};

const forbidden = (state: EndpointState, action: EndpointAction): NotDone => {
  const where = endpointStateKinds.filter((kind) => eventTable[action][kind] !== undefined).join(', ');
  const possible = allowedEndpointActions(state).join(', ') || 'nothing';
  return {
    kind: 'forbidden',
    reason: `An endpoint that is ${kindOf(state)} cannot be asked to ${action}, only one that is ${where}. Possible now: ${possible}.`,
  };
};

/**
 * The version of what a person sees of an endpoint, in quotes as a header has it. Jobs that are let go change the row, but
 * nothing that a person decides by.
 */
export const endpointVersion = ({ drain, ...state }: EndpointState): string => {
  const seen = [
    state.endpoint,
    state.since,
    state.pause,
    state.breaker,
    state.drainPerMinute,
    drain?.perMinute,
  ];
  return `"${createHash('sha256').update(JSON.stringify(seen)).digest('base64url').slice(0, 27)}"`;
};

/**
 * Does what a person asked: written to the endpoint's row first, its recovery is started second.
 *
 * @param usualPerMinute rate of the endpoints file.
 * @param isWanted whether a version is one that the person saw; undefined when it does not matter.
 */
export const actOnEndpoint =
  (deps: ActOnEndpointDependencies) =>
  async (
    endpoint: string,
    asked: AskedOfEndpoint,
    usualPerMinute: number,
    isWanted?: (version: string) => boolean,
  ): Promise<EndpointAnswer> => {
    const now = deps.now();
    const wish = (found: StoredEndpoint): Wish<NotDone> => {
      const { state } = found;
      if (isWanted?.(endpointVersion(state)) === false) {
        return { kind: 'leave', because: { kind: 'stale', stored: found } };
      }
      const after = afterEvent(state, eventOf(asked, state, usualPerMinute), now);
      return after === undefined
        ? { kind: 'leave', because: forbidden(state, asked.action) }
        : { kind: 'write', after };
    };
    const change = await changeEndpoint(deps.store, endpoint, asked.action, wish);
    if (change.kind === 'left') return change.because;
    deps.written(change.stored);
    if (asked.action !== 'pause') await deps.recover(endpoint);
    return { kind: 'done', stored: change.stored };
  };
