import { beforeEach, describe, expect, it } from 'vitest';
import type { FailureCode } from '../../../shared/delivery/failureCatalogue.ts';
import type { EndpointEvent } from '../../../shared/gate/afterEvent.ts';
import { kindOf, type EndpointState } from '../../../shared/gate/endpointState.ts';
import type { EndpointStore } from '../../../shared/gate/endpointStore.ts';
import { believedMs, emptyGateMemory, gatekeeper, rememberState } from '../../../shared/gate/gatekeeper.ts';
import type { Passage } from '../../../shared/gate/gateOf.ts';
import { stateOf } from '../../support/endpointEvents.ts';
import { seconds } from '../../support/jobs.ts';
import { losingFirstAnswer } from '../../support/lossyEndpointStore.ts';
import { memoryEndpointStore } from '../../support/memoryEndpointStore.ts';
import { delivered, endpointWith, failedWith, testClock } from '../../support/posting.ts';

const endpoint = endpointWith({ breaker: { minAttempts: 4, minJobs: 2, failurePercent: 100 } });
const { name } = endpoint;

let store: EndpointStore;
let reads: number;
let clock: ReturnType<typeof testClock>;
let recovered: string[];
let events: EndpointEvent[];
let failed: unknown[];

/** The gate of one process, before the store that all share. */
const gate = (memory = emptyGateMemory()) =>
  gatekeeper({
    store: {
      ...store,
      readState: (endpoint) => {
        reads += 1;
        return store.readState(endpoint);
      },
    },
    memory,
    now: clock.now,
    elapsedMs: () => clock.now().getTime(),
    recover: async (endpoint) => void recovered.push(endpoint),
    changed: (_state, event) => events.push(event),
    failed: (_endpoint, error) => failed.push(error),
  });

beforeEach(() => {
  store = memoryEndpointStore();
  clock = testClock();
  reads = 0;
  recovered = [];
  events = [];
  failed = [];
});

const put = async (state: EndpointState): Promise<void> => {
  await store.writeState(await store.readState(name), state);
};
const stored = async (): Promise<EndpointState> => (await store.readState(name)).state;
const job = (id: string, held = false) => ({ id, held, modifiedOn: clock.now(), postponeUntil: undefined });

const pass: Passage = { kind: 'pass' };
const probe: Passage = { kind: 'probe' };

const attempt = (code?: FailureCode, startedOn = clock.now()) => ({
  attempt: 1,
  plannedOn: undefined,
  startedOn,
  endedOn: clock.now(),
  delivery: code === undefined ? delivered : failedWith(code),
});

describe('the gate of a process', () => {
  it('reads the state of a running endpoint once in five seconds, however many jobs there are (G-8)', async () => {
    const one = gate();
    await Promise.all(Array.from({ length: 20 }, (_, n) => one.ask(endpoint, job(`job-${n}`))));
    for (let n = 0; n < 20; n += 1) await one.ask(endpoint, job(`job-${n}`));
    expect(reads).toBe(1);
    clock.move(believedMs);
    await one.ask(endpoint, job('job-1'));
    expect(reads).toBe(2);
  });

  it('notices a pause within five seconds, and that it is over at once (G-1)', async () => {
    const one = gate();
    expect(await one.ask(endpoint, job('job-1'))).toEqual(pass);
    await put(stateOf.paused());
    clock.move(believedMs);
    expect((await one.ask(endpoint, job('job-1'))).kind).toBe('held');
    await put(stateOf.running());
    expect(await one.ask(endpoint, job('job-1'))).toEqual(pass);
  });

  it('notices at once a pause that this process wrote (G-1)', async () => {
    const memory = emptyGateMemory();
    const one = gate(memory);
    expect(await one.ask(endpoint, job('job-1'))).toEqual(pass);
    await put(stateOf.paused());
    rememberState(memory, await store.readState(name), clock.now().getTime());
    expect((await one.ask(endpoint, job('job-1'))).kind).toBe('held');
  });

  it('gives the probe to one of many jobs in many processes (G-5)', async () => {
    await put(stateOf.open(clock.now()));
    const gates = Array.from({ length: 10 }, () => gate());
    const passages = await Promise.all(gates.map((each, n) => each.ask(endpoint, job(`job-${n}`))));
    expect(passages.filter(({ kind }) => kind === 'probe')).toHaveLength(1);
    expect(passages.filter(({ kind }) => kind === 'held')).toHaveLength(9);
  });

  it('lets another job be the probe when the first one gives no result (G-5)', async () => {
    await put(stateOf.open(clock.now()));
    expect(await gate().ask(endpoint, job('job-1'))).toEqual(probe);
    clock.move(seconds(170));
    expect((await gate().ask(endpoint, job('job-2'))).kind).toBe('held');
    clock.move(seconds(10));
    expect(await gate().ask(endpoint, job('job-2'))).toEqual(probe);
    await gate().finished(endpoint, 'job-1', probe, attempt('Busy'));
    expect((await stored()).breaker).toMatchObject({ state: 'halfOpen', probe: 'job-2' });
  });
});

describe('the breaker of a process', () => {
  it('opens the row when its window says so, once, and starts the recovery (G-3)', async () => {
    const one = gate();
    for (let n = 0; n < 6; n += 1) await one.finished(endpoint, `job-${n % 3}`, pass, attempt('TimedOut'));
    expect(kindOf(await stored())).toBe('open');
    expect((await stored()).breaker).toMatchObject({ code: 'TimedOut', openings: 1 });
    expect(recovered).toEqual([name]);
    expect(events.map(({ kind }) => kind)).toEqual(['open']);
  });

  it('costs no request while attempts go well (G-8)', async () => {
    const one = gate();
    for (let n = 0; n < 500; n += 1) await one.finished(endpoint, `job-${n}`, pass, attempt());
    expect(reads).toBe(0);
  });

  it('is never opened for an endpoint that has none', async () => {
    const one = gate();
    const without = endpointWith({ breaker: false });
    for (let n = 0; n < 100; n += 1) await one.finished(without, `job-${n}`, pass, attempt('Busy'));
    expect(reads).toBe(0);
  });

  it('does not count what is no fault of the endpoint (G-3)', async () => {
    const one = gate();
    for (let n = 0; n < 50; n += 1)
      await one.finished(endpoint, `job-${n}`, pass, attempt('ContextTooLarge'));
    for (let n = 0; n < 50; n += 1) await one.finished(endpoint, `job-${n}`, pass, attempt('Refused'));
    expect(reads).toBe(0);
  });

  it('does not open again for attempts that began before it closed', async () => {
    const one = gate();
    const before = clock.now();
    clock.move(1000);
    await put({ ...stateOf.running(), breaker: { state: 'closed', closedOn: clock.now().toISOString() } });
    await one.ask(endpoint, job('job-1'));
    for (let n = 0; n < 50; n += 1) await one.finished(endpoint, `job-${n}`, pass, attempt('Busy', before));
    expect(kindOf(await stored())).toBe('running');
  });

  it.each([
    { what: 'delivered', code: undefined, kind: 'draining' },
    { what: 'refused for its content', code: 'Refused', kind: 'draining' },
    { what: 'failed', code: 'TimedOut', kind: 'open' },
    { what: 'never sent', code: 'ClaimNotStored', kind: 'open' },
  ] as const)(
    'is $kind after a probe that was $what, and its recovery is told (G-4)',
    async ({ code, kind }) => {
      await put(stateOf.open(clock.now()));
      const one = gate();
      expect(await one.ask(endpoint, job('job-1'))).toEqual(probe);
      await one.finished(endpoint, 'job-1', probe, attempt(code));
      expect(kindOf(await stored())).toBe(kind);
      expect(recovered).toEqual([name]);
    },
  );

  it('lets go at the rate that a person set, else at that of the endpoints file', async () => {
    await put({ ...stateOf.open(clock.now()), drainPerMinute: 30 });
    const one = gate();
    await one.ask(endpoint, job('job-1'));
    await one.finished(endpoint, 'job-1', probe, attempt());
    expect((await stored()).drain?.perMinute).toBe(30);
  });

  it('reports that its row cannot be written, and never fails the attempt', async () => {
    const fault = new Error('storage is away');
    store = { ...store, readState: () => Promise.reject(fault) };
    const one = gate();
    for (let n = 0; n < 4; n += 1) await one.finished(endpoint, `job-${n}`, pass, attempt('Busy'));
    expect(failed).toEqual([fault]);
    await expect(one.ask(endpoint, job('job-1'))).rejects.toThrow(fault);
  });
});

describe('a change of an endpoint', () => {
  it.each([
    { what: 'a delivery', code: undefined, kind: 'draining' },
    { what: 'a failure', code: 'TimedOut', kind: 'open' },
    { what: 'no word of the endpoint', code: 'ClaimNotStored', kind: 'open' },
  ] as const)(
    'counts when the answer to its write got lost: $what of the probe, and the recovery is told',
    async ({ code, kind }) => {
      await put(stateOf.open(clock.now()));
      await gate().ask(endpoint, job('job-1'));
      store = losingFirstAnswer(store);
      await gate().finished(endpoint, 'job-1', probe, attempt(code));
      expect(kindOf(await stored())).toBe(kind);
      expect((await stored()).breaker).toMatchObject(code === 'TimedOut' ? { openings: 2 } : {});
      expect(recovered).toEqual([name]);
      expect(failed).toEqual([]);
    },
  );

  it('counts when the answer to its write got lost: the breaker opens once', async () => {
    store = losingFirstAnswer(store);
    const one = gate();
    for (let n = 0; n < 4; n += 1) await one.finished(endpoint, `job-${n}`, pass, attempt('TimedOut'));
    expect((await stored()).breaker).toMatchObject({ state: 'open', openings: 1 });
    expect(recovered).toEqual([name]);
  });
});
