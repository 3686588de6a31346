import type { ControlChannel } from '../channel/controlChannel.ts';
import { createListeners, type Listeners } from './listeners.ts';
import type { RelaySettings } from '../relayOptions.ts';

/** A relay of the namespace, and who listens on it. */
export interface Entity {
  settings: RelaySettings;
  readonly listeners: Listeners<ControlChannel>;
  readonly counts: EntityCounts;
}

/** What has happened since the relay was created. */
export interface EntityCounts {
  /** Requests that named this relay, allowed or not. */
  received: number;
  /** Requests handed to a listener. */
  forwarded: number;
  /** Answers of listeners that came in time. */
  answered: number;
}

/** The relay that a path names, and what follows its name. */
export interface Found {
  readonly entity: Entity;
  /** Without the slash that separates it; empty when nothing follows. */
  readonly suffix: string;
}

export interface Entities {
  all(): readonly Entity[];
  /** The relay with exactly this name. */
  get(name: string): Entity | undefined;
  /** The relay with the longest name that `path` begins with: all addresses below a relay's belong to it. */
  find(path: string): Found | undefined;
  /** Creates it, or puts these settings in the place of all it has. */
  readonly put: (settings: RelaySettings) => void;
  /** Deletes it; its listeners are told. False when there is none. */
  readonly remove: (name: string) => boolean;
}

export const relayKey = (name: string): string => name.toLowerCase();

export const createEntities = (): Entities => {
  const entities = new Map<string, Entity>();
  const get = (name: string): Entity | undefined => entities.get(relayKey(name));
  return {
    all: () => [...entities.values()],
    get,
    find: (path) => {
      for (let end = path.length; end > 0; end = path.lastIndexOf('/', end - 1)) {
        const entity = get(path.slice(0, end));
        if (entity !== undefined) return { entity, suffix: path.slice(end + 1) };
      }
      return undefined;
    },
    put: (settings) => {
      const known = get(settings.name);
      if (known !== undefined) {
        known.settings = settings;
        return;
      }
      const counts = { received: 0, forwarded: 0, answered: 0 };
      entities.set(relayKey(settings.name), { settings, listeners: createListeners(), counts });
    },
    remove: (name) => {
      get(name)?.listeners.closeAll(1001, 'The relay has been deleted.');
      return entities.delete(relayKey(name));
    },
  };
};
