import type { EndpointStore } from './endpointStore.ts';
import { needsRecovery } from './recovery.ts';

export interface RestartDependencies {
  readonly endpoints: Pick<EndpointStore, 'listStates'>;
  readonly isConfigured: (endpoint: string) => boolean;
  /** Starts a recovery unless it runs; never throws. */
  readonly restart: (endpoint: string) => Promise<void>;
  readonly now: () => Date;
}

/** Starts under way at once: one that the engine does not answer must not keep the others. */
const breadth = 16;

/** No start begins later than this; the next sweep goes on, and it begins anew with those that still need it. */
const budgetMs = 20_000;

/**
 * For the sweeper: a recovery that is lost (its instance purged, another hub name) is started again; one that runs is
 * left alone.
 */
export const restartRecoveries = async (deps: RestartDependencies): Promise<void> => {
  const { endpoints, isConfigured, restart, now } = deps;
  const endMs = now().getTime() + budgetMs;
  const due = (await endpoints.listStates())
    .map(({ state }) => state)
    .filter((state) => isConfigured(state.endpoint) && needsRecovery(state, now()))
    .values();
  const lane = async (): Promise<void> => {
    for (const { endpoint } of due) {
      if (now().getTime() >= endMs) return;
      await restart(endpoint);
    }
  };
  await Promise.all(Array.from({ length: breadth }, lane));
};
