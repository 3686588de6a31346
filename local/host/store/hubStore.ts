import { join } from 'node:path';
import { openJournal, type Journal } from '../../journal/journal.ts';
import { apply, type Effects } from './apply.ts';
import type { HubRecord } from './records.ts';
import { emptyHub, historyOf, type HubState, type Instance } from './state.ts';

/** The task hub and the one way to change it. */
export interface HubStore {
  readonly state: HubState;
  /** Stores a record, then applies it. What it returns may be acted upon: a crash from here on loses nothing. */
  commit(record: HubRecord): Promise<Effects>;
  /** Waits for what is being stored and lets go of the file. */
  close(): Promise<void>;
}

const snapshotOf = (instance: Instance): HubRecord => {
  const { id, status, customStatus, updated, started, nextMessage } = instance;
  return {
    k: 'instance',
    id,
    status,
    customStatus,
    updated,
    started,
    nextMessage,
    history: historyOf(instance),
    inbox: instance.inbox
      .filter(({ timerId }) => timerId === undefined)
      .map(({ number, executionId, event }) =>
        executionId === undefined ? { number, event } : { number, executionId, event },
      ),
    timers: [...instance.timers.values()],
  };
};

/** The hub as records that rebuild it. */
export function* snapshot(state: HubState): Generator<HubRecord> {
  yield { k: 'hub', nextTask: state.nextTask };
  for (const task of state.tasks.values()) yield { k: 'task', task };
  for (const [name, status] of state.schedules) yield { k: 'schedule', name, status };
  for (const instance of state.instances.values()) yield snapshotOf(instance);
}

/** A hub that forgets everything when the process ends. */
export const memoryStore = (): HubStore => {
  const state = emptyHub();
  return {
    state,
    commit: (record) => Promise.resolve(apply(state, record)),
    close: () => Promise.resolve(),
  };
};

/** Compaction pays when most lines no longer matter; below this many it never does. */
const MIN_RECORDS_TO_COMPACT = 20_000;

const sizeOf = ({ instances, tasks }: HubState): number => instances.size + tasks.size;

const isWorthCompacting = (journal: Journal<HubRecord>, state: HubState): boolean =>
  journal.appended > Math.max(MIN_RECORDS_TO_COMPACT, 8 * sizeOf(state));

/**
 * Lets commits pass, and holds new ones back while the journal is replaced: the snapshot must be taken when every
 * record that was stored has also been applied.
 */
const compactionGate = (journal: Journal<HubRecord>, state: HubState) => {
  let underWay = 0;
  let closed: Promise<void> | undefined;
  let open: () => void = () => undefined;
  const compactWhenQuiet = async (): Promise<void> => {
    if (closed === undefined || underWay > 0) return;
    const replaced = journal.compact(snapshot(state));
    closed = undefined;
    open();
    await replaced;
  };
  return {
    enter: async (): Promise<void> => {
      while (closed !== undefined) await closed;
      underWay += 1;
    },
    leave: async (): Promise<void> => {
      underWay -= 1;
      if (closed === undefined && isWorthCompacting(journal, state)) {
        closed = new Promise((resolve) => (open = resolve));
      }
      await compactWhenQuiet();
    },
  };
};

const journalStore = (journal: Journal<HubRecord>, state: HubState): HubStore => {
  const gate = compactionGate(journal, state);
  return {
    state,
    commit: async (record) => {
      await gate.enter();
      let effects: Effects;
      try {
        await journal.append(record);
        effects = apply(state, record);
      } finally {
        void gate.leave();
      }
      return effects;
    },
    close: () => journal.close(),
  };
};

/** Opens the hub kept in a folder; the journal's lock keeps a second host out. */
export const openHubStore = async (folder: string): Promise<HubStore> => {
  const { journal, entries } = await openJournal<HubRecord>({ file: join(folder, 'hub.journal') });
  const state = emptyHub();
  for (const entry of entries) apply(state, entry);
  return journalStore(journal, state);
};
