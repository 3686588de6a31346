import type { EndpointStore } from '../../shared/gate/endpointStore.ts';

/**
 * The answer of the first write gets lost: the client repeats it, meets the version that it wrote itself and is told
 * that somebody wrote in between.
 *
 * @param meanwhile happens before the repetition.
 */
export const losingFirstAnswer = (
  store: EndpointStore,
  meanwhile: (store: EndpointStore) => Promise<unknown> = async () => undefined,
): EndpointStore => {
  let isFirst = true;
  return {
    ...store,
    writeState: async (before, after) => {
      const written = await store.writeState(before, after);
      if (!isFirst) return written;
      isFirst = false;
      await meanwhile(store);
      return 'changed';
    },
  };
};
