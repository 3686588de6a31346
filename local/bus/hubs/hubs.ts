import type { Ledger } from '../broker/ledger.ts';
import type { Clock } from '../clock/clock.ts';
import { createHub, type Hub, type HubCounts } from './hub.ts';
import { hubKey, hubSettings, type HubOptions } from './hubSettings.ts';
import type { HubStates } from './hubState.ts';

/** The event hubs of the namespace. */
export interface Hubs {
  /** Upper and lower case are not told apart. */
  find(name: string): Hub | undefined;
  counts(): HubCounts[];
  /**
   * Creates a hub, or puts these settings in the place of all it has; resolves when that is stored.
   *
   * @throws Error when it would lose partitions, or the name is taken.
   */
  put(options: HubOptions): Promise<void>;
  /** Deletes a hub with all its events; false when there is none. */
  readonly remove: (name: string) => Promise<boolean>;
}

export interface HubsOptions {
  readonly state: HubStates;
  readonly clock: Clock;
  readonly ledger: Ledger;
  /** Whether a queue or a topic has this name. */
  readonly isTaken: (name: string) => boolean;
  /** Hears of every hub that was changed or deleted. */
  readonly onChanged: (name: string) => void;
}

export const createHubs = ({ state, clock, ledger, isTaken, onChanged }: HubsOptions): Hubs => {
  const hubs = new Map<string, Hub>();
  const open = (key: string): void => {
    const hubState = state.get(key);
    if (hubState !== undefined) hubs.set(key, createHub({ state: hubState, clock, ledger }));
  };
  for (const key of state.keys()) open(key);
  return {
    find: (name) => hubs.get(hubKey(name)),
    counts: () => [...hubs.values()].map((hub) => hub.counts()),
    put: async (options) => {
      const key = hubKey(options.name);
      if (isTaken(options.name))
        throw new Error(`There is a queue or topic called '${options.name}' already.`);
      const settings = hubSettings(options);
      const has = state.get(key)?.partitions.length ?? 0;
      if (settings.partitions < has) {
        throw new Error(`Event hub '${options.name}' has ${has} partitions and cannot have fewer.`);
      }
      const stored = ledger.commit({ kind: 'hubPut', settings, createdAtMs: clock.now() });
      if (!hubs.has(key)) open(key);
      onChanged(options.name);
      await stored;
    },
    remove: async (name) => {
      const key = hubKey(name);
      if (!hubs.delete(key)) return false;
      onChanged(name);
      await ledger.commit({ kind: 'hubDeleted', hub: key });
      return true;
    },
  };
};
