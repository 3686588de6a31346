import { beforeEach, describe, expect, it } from 'vitest';
import type { EndpointState } from '../../shared/gate/endpointState.ts';
import type { EndpointStore, StoredEndpoint } from '../../shared/gate/endpointStore.ts';
import { stateOf } from './endpointEvents.ts';

/** The rules of a store of endpoints' states; each implementation has to keep them. */
export const endpointStoreSuite = (makeStore: () => Promise<EndpointStore>): void => {
  let store: EndpointStore;
  beforeEach(async () => {
    store = await makeStore();
  });

  const put = async (state: EndpointState) => {
    const written = await store.writeState(await store.readState(state.endpoint), state);
    if (written === 'changed') throw new Error('The write was refused.');
    return written;
  };

  describe('states of endpoints', () => {
    it('are untouched while nothing is stored', async () => {
      expect(await store.readState('orders')).toEqual({
        state: { endpoint: 'orders', breaker: { state: 'closed' } },
        version: undefined,
      });
      expect(await store.listStates()).toEqual([]);
    });

    it.each(Object.entries(stateOf))('come back as they were stored: %s', async (_kind, make) => {
      const written = await put({ ...make(), since: '2026-11-24T06:00:00.000Z', drainPerMinute: 60 });
      expect(await store.readState('orders')).toEqual(written);
    });

    it('lose what a later state lacks', async () => {
      await put(stateOf.paused());
      await put(stateOf.running());
      expect((await store.readState('orders')).state).toEqual(stateOf.running());
    });

    it('are listed, each with its version', async () => {
      const [one, other] = [await put(stateOf.open()), await put({ ...stateOf.paused(), endpoint: 'other' })];
      const listed = [...(await store.listStates())].sort((a, b) =>
        a.state.endpoint < b.state.endpoint ? -1 : 1,
      );
      expect(listed).toEqual([one, other]);
    });

    it('refuse a write from an old version, and the second of two first ones', async () => {
      const nothing = await store.readState('orders');
      const first = await put(stateOf.paused());
      expect(await store.writeState(nothing, stateOf.open())).toBe('changed');
      await put(stateOf.running());
      expect(await store.writeState(first, stateOf.open())).toBe('changed');
      expect((await store.readState('orders')).state).toEqual(stateOf.running());
    });

    it('let one of many concurrent writes win (G-5)', async () => {
      const claim = async (before: StoredEndpoint): Promise<number> => {
        const answers = await Promise.all(
          Array.from({ length: 6 }, (_, n) => store.writeState(before, stateOf.halfOpen(`job-${n}`))),
        );
        return answers.filter((answer) => answer !== 'changed').length;
      };
      expect(await claim(await store.readState('orders'))).toBe(1);
      expect(await claim(await put(stateOf.open()))).toBe(1);
    });
  });
};
