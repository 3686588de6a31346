import { beforeEach, describe, expect, it } from 'vitest';
import {
  actOnEndpoint,
  allowedEndpointActions,
  endpointActions,
  endpointVersion,
  type AskedOfEndpoint,
  type EndpointAction,
} from '../../../shared/gate/actOnEndpoint.ts';
import { afterEvent } from '../../../shared/gate/afterEvent.ts';
import { endpointStateKinds, kindOf, type EndpointState } from '../../../shared/gate/endpointState.ts';
import type { EndpointStore } from '../../../shared/gate/endpointStore.ts';
import { readEndpointAction } from '../../../shared/api/readEndpointAction.ts';
import { gateTime, stateOf } from '../../support/endpointEvents.ts';
import { later } from '../../support/jobs.ts';
import { losingFirstAnswer } from '../../support/lossyEndpointStore.ts';
import { memoryEndpointStore } from '../../support/memoryEndpointStore.ts';

let store: EndpointStore;
let recovered: string[];
let written: EndpointState[];
beforeEach(() => {
  store = memoryEndpointStore();
  recovered = [];
  written = [];
});

const act = (
  asked: Partial<AskedOfEndpoint> & { action: EndpointAction },
  isWanted?: (version: string) => boolean,
) =>
  actOnEndpoint({
    store,
    recover: async (name) => void recovered.push(name),
    written: ({ state }) => written.push(state),
    now: () => gateTime,
  })('orders', { by: 'me', reason: undefined, perMinute: undefined, ...asked }, 600, isWanted);

const put = async (state: EndpointState): Promise<void> => {
  await store.writeState(await store.readState('orders'), state);
};

describe('asking something of an endpoint', () => {
  const cases = endpointActions.flatMap((action) => endpointStateKinds.map((kind) => ({ action, kind })));

  it.each(cases)(
    '$action while it is $kind is done, or refused with what is possible (G-6)',
    async ({ action, kind }) => {
      await put(stateOf[kind]());
      const answer = await act({ action });
      const isAllowed = allowedEndpointActions(stateOf[kind]()).includes(action);
      expect(answer.kind).toBe(isAllowed ? 'done' : 'forbidden');
      if (answer.kind === 'forbidden') {
        expect(answer.reason).toContain(`that is ${kind} cannot be asked to ${action}`);
        expect((await store.readState('orders')).state).toEqual(stateOf[kind]());
      }
      expect(recovered).toEqual(isAllowed && action !== 'pause' ? ['orders'] : []);
      expect(written).toEqual(isAllowed ? [(await store.readState('orders')).state] : []);
    },
  );

  it('keeps who paused it, when and why', async () => {
    await act({ action: 'pause', reason: 'maintenance' });
    expect((await store.readState('orders')).state).toMatchObject({
      pause: { by: 'me', on: gateTime.toISOString(), reason: 'maintenance' },
    });
  });

  it('drains at the rate that is asked for, else at the last one, else at that of the endpoints file', async () => {
    const rate = async () => (await store.readState('orders')).state.drain?.perMinute;
    await put(stateOf.paused());
    await act({ action: 'drain', perMinute: 30 });
    expect(await rate()).toBe(30);
    await act({ action: 'pause' });
    await act({ action: 'resume' });
    expect(await rate()).toBe(30);
    await put(stateOf.paused());
    await act({ action: 'resume' });
    expect(await rate()).toBe(600);
  });

  it('is refused when the endpoint is not as the person saw it', async () => {
    const seen = endpointVersion((await store.readState('orders')).state);
    expect((await act({ action: 'pause' }, (version) => version === seen)).kind).toBe('done');
    expect((await act({ action: 'resume' }, (version) => version === seen)).kind).toBe('stale');
    expect(kindOf((await store.readState('orders')).state)).toBe('paused');
  });

  it('follows whoever wrote in between', async () => {
    const whole = store;
    let isFirst = true;
    store = {
      ...whole,
      writeState: async (before, after) => {
        if (isFirst) {
          isFirst = false;
          await whole.writeState(before, stateOf.open());
        }
        return whole.writeState(before, after);
      },
    };
    expect((await act({ action: 'pause' })).kind).toBe('done');
    expect((await store.readState('orders')).state).toMatchObject({
      pause: { by: 'me' },
      breaker: { state: 'open' },
    });
  });

  it.each([
    { action: 'pause', kind: 'running' },
    { action: 'resume', kind: 'paused' },
    { action: 'drain', kind: 'paused' },
    { action: 'resume', kind: 'open' },
  ] as const)(
    '$action is done when the answer to its write got lost, and its recovery is told (G-6)',
    async ({ action, kind }) => {
      await put(stateOf[kind]());
      const seen = endpointVersion((await store.readState('orders')).state);
      store = losingFirstAnswer(store);
      expect((await act({ action }, (version) => version === seen)).kind).toBe('done');
      expect(recovered).toEqual(action === 'pause' ? [] : ['orders']);
    },
  );

  it.each([
    { what: 'jobs were let go', kind: 'paused', event: { kind: 'letGo', paidUntil: later(gateTime, 5000) } },
    { what: 'a probe was claimed', kind: 'open', event: { kind: 'claim', job: 'job-1' } },
  ] as const)('is done as well when meanwhile $what (G-6)', async ({ kind, event }) => {
    await put(stateOf[kind]());
    store = losingFirstAnswer(store, async (whole) => {
      const written = await whole.readState('orders');
      const after = afterEvent(written.state, event, later(gateTime, 1));
      expect(after).toBeDefined();
      await whole.writeState(written, after ?? written.state);
    });
    expect((await act({ action: 'resume' })).kind).toBe('done');
    expect(recovered).toEqual(['orders']);
  });

  it("is refused when somebody else's action came first, although that led to the same kind of state", async () => {
    await put(stateOf.paused());
    store = losingFirstAnswer(store, async (whole) =>
      whole.writeState(await whole.readState('orders'), stateOf.draining(600, later(gateTime, -1))),
    );
    expect((await act({ action: 'resume' })).kind).toBe('forbidden');
  });
});

describe('the version of an endpoint', () => {
  it('changes with what a person decides by, and not with each batch of jobs that is let go', () => {
    const draining = stateOf.draining();
    const { drain } = draining;
    const paid = {
      ...draining,
      drain: drain && { ...drain, paidUntil: later(gateTime, 5000).toISOString() },
    };
    expect(endpointVersion(paid)).toBe(endpointVersion(draining));
    expect(endpointVersion(stateOf.draining(60))).not.toBe(endpointVersion(draining));
    const versions = endpointStateKinds.map((kind) => endpointVersion(stateOf[kind]()));
    expect(new Set(versions).size).toBe(versions.length);
  });
});

describe('the body of an action on an endpoint', () => {
  it('may be empty, and names every fault', () => {
    expect(readEndpointAction('pause', '', 'me')).toEqual({
      kind: 'read',
      asked: { action: 'pause', by: 'me', reason: undefined, perMinute: undefined },
    });
    expect(readEndpointAction('drain', '{"perMinute":60,"reason":"a\\u0000b"}', 'me')).toMatchObject({
      asked: { perMinute: 60, reason: 'a\ufffdb' },
    });
    for (const body of [
      '{',
      '[]',
      '{"reason":""}',
      '{"perMinute":0}',
      '{"perMinute":1.5}',
      '{"until":"noon"}',
    ]) {
      expect(readEndpointAction('drain', body, 'me').kind).toBe('faulty');
    }
    expect(readEndpointAction('resume', '{"perMinute":60}', 'me').kind).toBe('faulty');
  });
});
