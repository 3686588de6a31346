import { apply } from '../../../../local/host/store/apply.ts';
import { snapshot, type HubStore } from '../../../../local/host/store/hubStore.ts';
import type { HubRecord } from '../../../../local/host/store/records.ts';
import { emptyHub, type HubState } from '../../../../local/host/store/state.ts';

/** A hub whose process dies now and then, between two commits, and goes on from its records. */
export interface ShakyHub {
  readonly store: HubStore;
  /** Stores a record, unless the process dies just then. */
  readonly commit: (record: HubRecord) => void;
  readonly crashes: () => number;
}

const copy = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value)) as Value;

const rebuild = (records: readonly HubRecord[]): HubState => {
  const state = emptyHub();
  for (const record of records) apply(state, record);
  return state;
};

export const createShakyHub = (first: HubRecord, random: () => number): ShakyHub => {
  let records: HubRecord[] = [copy(first)];
  let state = rebuild(records);
  let crashes = 0;

  const crash = (): void => {
    crashes += 1;
    if (random() < 0.3) records = copy([...snapshot(state)]);
    state = rebuild(records);
  };

  return {
    store: {
      get state() {
        return state;
      },
      commit: () => Promise.reject(new Error('Commits are made by hand.')),
      close: () => Promise.resolve(),
    },
    commit: (record) => {
      if (random() < 0.1) {
        crash();
        return;
      }
      records.push(copy(record));
      apply(state, record);
      if (random() < 0.05) crash();
    },
    crashes: () => crashes,
  };
};
