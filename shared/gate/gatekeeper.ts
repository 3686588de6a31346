import type { ServiceEndpoint } from '../endpoint/serviceEndpoint.ts';
import type { FinishedAttempt } from '../job/afterAttempt.ts';
import type { JobId } from '../job/jobId.ts';
import { afterEvent, type EndpointEvent } from './afterEvent.ts';
import { breakerOptionsOf } from './breakerOptions.ts';
import { opensBecause, whatItSays, withAttemptIn, type BreakerWindow } from './breakerWindow.ts';
import { changeEndpoint, mostTries } from './changeEndpoint.ts';
import type { EndpointState } from './endpointState.ts';
import type { EndpointStore, StoredEndpoint } from './endpointStore.ts';
import { gateOf, type JobAtGate, type Passage } from './gateOf.ts';

/** Stands before every attempt. */
export interface Gate {
  /**
   * Whether the job may make its attempt; a `probe` is the job's alone then.
   *
   * @throws StoreError when the state of the endpoint has to be read and cannot be.
   */
  ask(endpoint: ServiceEndpoint, job: JobAtGate): Promise<Passage>;
  /** Is told how an attempt ended. Never throws: the attempt is made, whatever becomes of this. */
  finished(
    endpoint: ServiceEndpoint,
    jobId: JobId,
    passage: Passage,
    finished: FinishedAttempt,
  ): Promise<void>;
}

/**
 * What a process remembers between attempts. Nothing in it is trusted for long: a state is believed for
 * {@link believedMs}, and only that a job may pass; the window says when to look at the row and change it.
 */
export interface GateMemory {
  readonly states: Map<string, { readonly state: EndpointState; readonly readAtMs: number }>;
  readonly reads: Map<string, Promise<StoredEndpoint>>;
  readonly windows: Map<string, BreakerWindow>;
}

export const emptyGateMemory = (): GateMemory => ({
  states: new Map(),
  reads: new Map(),
  windows: new Map(),
});

/** A pause is noticed by every instance within this time; jobs that pass cost no request meanwhile. */
export const believedMs = 5000;

export interface GateDependencies {
  readonly store: EndpointStore;
  readonly memory: GateMemory;
  readonly now: () => Date;
  /** A clock that only goes forward, in milliseconds. */
  readonly elapsedMs: () => number;
  /** Starts or wakes the recovery of an endpoint; never throws. */
  readonly recover: (endpoint: string) => Promise<void>;
  readonly changed: (state: EndpointState, event: EndpointEvent) => void;
  readonly failed: (endpoint: string, error: unknown) => void;
}

/** What this process wrote it knows at once. */
export const rememberState = (
  { states }: Pick<GateMemory, 'states'>,
  { state }: StoredEndpoint,
  readAtMs: number,
): void => {
  states.set(state.endpoint, { state, readAtMs });
};

const remember = ({ memory, elapsedMs }: GateDependencies, stored: StoredEndpoint): StoredEndpoint => {
  rememberState(memory, stored, elapsedMs());
  return stored;
};

/** Jobs that come at the same time share one read. */
const readFresh = (deps: GateDependencies, endpoint: string): Promise<StoredEndpoint> => {
  const { reads } = deps.memory;
  const underWay = reads.get(endpoint);
  if (underWay !== undefined) return underWay;
  const reading = deps.store
    .readState(endpoint)
    .then((stored) => remember(deps, stored))
    .finally(() => reads.delete(endpoint));
  reads.set(endpoint, reading);
  return reading;
};

const believed = ({ memory, elapsedMs }: GateDependencies, endpoint: string): EndpointState | undefined => {
  const known = memory.states.get(endpoint);
  return known !== undefined && elapsedMs() - known.readAtMs < believedMs ? known.state : undefined;
};

/**
 * Writes what an event makes of the endpoint.
 *
 * @returns undefined when the event means nothing (any more).
 */
const writeEvent = async (
  { store, now, changed }: GateDependencies,
  endpoint: string,
  event: EndpointEvent,
): Promise<StoredEndpoint | undefined> => {
  const happenedOn = now();
  const change = await changeEndpoint(store, endpoint, event.kind, ({ state }) => {
    const after = afterEvent(state, event, happenedOn);
    return after === undefined ? { kind: 'leave', because: undefined } : { kind: 'write', after };
  });
  if (change.kind === 'left') return undefined;
  changed(change.stored.state, event);
  return change.stored;
};

/** Only that a job may pass is taken from memory: one that was just let go must not be held by what was true before. */
const ask = async (deps: GateDependencies, { name }: ServiceEndpoint, job: JobAtGate): Promise<Passage> => {
  const known = believed(deps, name);
  if (known !== undefined && gateOf(known, job, deps.now()).kind === 'pass') return { kind: 'pass' };
  for (let tries = 1; tries <= mostTries; tries += 1) {
    const stored = await readFresh(deps, name);
    const passage = gateOf(stored.state, job, deps.now());
    if (passage.kind !== 'probe') return passage;
    const event = { kind: 'claim', job: job.id } as const;
    const claimed = afterEvent(stored.state, event, deps.now());
    const written = claimed === undefined ? 'changed' : await deps.store.writeState(stored, claimed);
    if (written === 'changed') continue;
    remember(deps, written);
    deps.changed(written.state, event);
    return passage;
  }
  throw new Error(`Endpoint ${name} changed ${mostTries} times while a probe was claimed.`);
};

const probeEvent = (
  endpoint: ServiceEndpoint,
  job: JobId,
  { delivery }: FinishedAttempt,
  perMinute: number,
): EndpointEvent => {
  const options = breakerOptionsOf(endpoint.breaker) ?? breakerOptionsOf(undefined);
  const says = whatItSays(delivery);
  if (options === undefined || says === 'good') return { kind: 'close', job, perMinute };
  return says === 'bad' && delivery.kind === 'failed'
    ? { kind: 'reopen', job, code: delivery.code, options }
    : { kind: 'giveBack', job, options };
};

/** The event that an attempt makes of the window, if it is the one that opens the breaker. */
const windowEvent = (
  { memory }: GateDependencies,
  endpoint: ServiceEndpoint,
  job: JobId,
  { startedOn, endedOn, delivery }: FinishedAttempt,
): EndpointEvent | undefined => {
  const options = breakerOptionsOf(endpoint.breaker);
  const says = whatItSays(delivery);
  if (options === undefined || says === 'silent') return undefined;
  const breaker = memory.states.get(endpoint.name)?.state.breaker;
  const closedOnMs = breaker?.state === 'closed' ? Date.parse(breaker.closedOn ?? '') || 0 : 0;
  if (startedOn.getTime() < closedOnMs) return undefined;
  const code = says === 'bad' && delivery.kind === 'failed' ? delivery.code : undefined;
  const attempt = { job, endedOnMs: endedOn.getTime(), code };
  const window = withAttemptIn(memory.windows.get(endpoint.name) ?? [], attempt, options, closedOnMs);
  memory.windows.set(endpoint.name, window);
  const because = code === undefined ? undefined : opensBecause(window, options);
  return because === undefined ? undefined : { kind: 'open', code: because, options };
};

const finished = async (
  deps: GateDependencies,
  endpoint: ServiceEndpoint,
  jobId: JobId,
  passage: Passage,
  attempt: FinishedAttempt,
): Promise<void> => {
  const { name } = endpoint;
  const perMinute = deps.memory.states.get(name)?.state.drainPerMinute ?? endpoint.drainPerMinute;
  const event =
    passage.kind === 'probe'
      ? probeEvent(endpoint, jobId, attempt, perMinute)
      : windowEvent(deps, endpoint, jobId, attempt);
  if (event === undefined) return;
  deps.memory.windows.delete(name);
  const written = await writeEvent(deps, name, event);
  if (written === undefined) return;
  remember(deps, written);
  await deps.recover(name);
};

/** The gate of this process, before the endpoints that all processes share. */
export const gatekeeper = (deps: GateDependencies): Gate => ({
  ask: (endpoint, job) => ask(deps, endpoint, job),
  finished: (endpoint, jobId, passage, attempt) =>
    finished(deps, endpoint, jobId, passage, attempt).catch((error: unknown) =>
      deps.failed(endpoint.name, error),
    ),
});
