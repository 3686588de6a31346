import { describe, expect, it } from 'vitest';
import { restartRecoveries } from '../../../shared/gate/restartRecoveries.ts';
import { stateOf } from '../../support/endpointEvents.ts';
import { seconds } from '../../support/jobs.ts';
import { memoryEndpointStore } from '../../support/memoryEndpointStore.ts';
import { testClock } from '../../support/posting.ts';

const nobody = { version: undefined };

const storeWith = async (names: readonly string[], make: () => ReturnType<typeof stateOf.draining>) => {
  const store = memoryEndpointStore();
  for (const endpoint of names) {
    await store.writeState({ ...nobody, state: make() }, { ...make(), endpoint });
  }
  return store;
};

const names = Array.from({ length: 40 }, (_, n) => `endpoint-${n}`);

describe('the sweeper starts recoveries again (G-6)', () => {
  it('where work is due, of endpoints that are configured', async () => {
    const { now } = testClock();
    const store = await storeWith(['a', 'b'], stateOf.draining);
    await store.writeState({ ...nobody, state: stateOf.paused() }, { ...stateOf.paused(), endpoint: 'c' });
    const restarted: string[] = [];
    await restartRecoveries({
      endpoints: store,
      isConfigured: (name) => name !== 'b',
      restart: async (name) => void restarted.push(name),
      now,
    });
    expect(restarted).toEqual(['a']);
  });

  it('side by side, so that one that is not answered keeps few', async () => {
    let underWay = 0;
    let most = 0;
    await restartRecoveries({
      endpoints: await storeWith(names, stateOf.draining),
      isConfigured: () => true,
      restart: async () => {
        most = Math.max(most, (underWay += 1));
        await Promise.resolve();
        underWay -= 1;
      },
      now: testClock().now,
    });
    expect(most).toBe(16);
  });

  it('until time is up: the next sweep goes on (W-4)', async () => {
    const clock = testClock();
    let restarted = 0;
    await restartRecoveries({
      endpoints: await storeWith(names, stateOf.draining),
      isConfigured: () => true,
      restart: async () => {
        restarted += 1;
        await Promise.resolve();
        if (restarted === 16) clock.move(seconds(20));
      },
      now: clock.now,
    });
    expect(restarted).toBe(16);
  });
});
