import { describe, expect, it } from 'vitest';
import { changeEndpoint, type Wish } from '../../../shared/gate/changeEndpoint.ts';
import type { EndpointStore, StoredEndpoint } from '../../../shared/gate/endpointStore.ts';
import { stateOf } from '../../support/endpointEvents.ts';
import { losingFirstAnswer } from '../../support/lossyEndpointStore.ts';
import { memoryEndpointStore } from '../../support/memoryEndpointStore.ts';

const name = 'orders';

/** Pauses it, whatever else it is; one that is paused stays as it is. */
const paused = ({ state }: StoredEndpoint): Wish<string> =>
  state.pause === undefined
    ? { kind: 'write', after: { ...state, ...stateOf.paused() } }
    : { kind: 'leave', because: `paused by ${state.pause.by}` };

describe('a change of an endpoint', () => {
  it('follows whoever wrote in between', async () => {
    const store = memoryEndpointStore();
    let isFirst = true;
    const meddling: EndpointStore = {
      ...store,
      writeState: async (before, after) => {
        if (isFirst) {
          isFirst = false;
          await store.writeState(before, { ...stateOf.running(), drainPerMinute: 7 });
        }
        return store.writeState(before, after);
      },
    };
    const change = await changeEndpoint(meddling, name, 'pause', paused);
    expect(change).toMatchObject({
      kind: 'written',
      stored: { state: { ...stateOf.paused(), drainPerMinute: 7 } },
    });
  });

  it('is left when what was found wants none', async () => {
    const store = memoryEndpointStore();
    await store.writeState(await store.readState(name), stateOf.paused());
    const before = await store.readState(name);
    expect(await changeEndpoint(store, name, 'pause', paused)).toEqual({
      kind: 'left',
      because: 'paused by somebody',
    });
    expect(await store.readState(name)).toEqual(before);
  });

  it('counts when the answer to its write got lost (G-6)', async () => {
    const store = losingFirstAnswer(memoryEndpointStore());
    const change = await changeEndpoint(store, name, 'pause', paused);
    expect(change).toMatchObject({ kind: 'written', stored: { state: stateOf.paused() } });
  });

  it('gives up when it never gets its turn', async () => {
    const store = { ...memoryEndpointStore(), writeState: async (): Promise<'changed'> => 'changed' };
    await expect(changeEndpoint(store, name, 'pause', paused)).rejects.toThrow(
      'Endpoint orders changed 20 times while pause was tried.',
    );
  });
});
