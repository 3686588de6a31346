import { failureCatalogue, type FailureCode, type FailureOutcome } from '../delivery/failureCatalogue.ts';
import type { AttentionEntry, GroupKey, GroupNote } from './groupStore.ts';

/** Jobs of one endpoint that are not resolved, and failed last for the same reason. */
export interface FailureGroup extends GroupKey {
  readonly outcome: FailureOutcome;
  readonly cause: string;
  readonly advice: string;
  /** The sum of the four that follow. */
  readonly count: number;
  readonly retrying: number;
  readonly held: number;
  readonly suspended: number;
  readonly failed: number;
  /** Earliest first attempt of its jobs, and latest time that one of them was written. */
  readonly first: Date;
  readonly last: Date;
  /** Jobs last written in each of the last twelve spells of five minutes, oldest first. */
  readonly recent: readonly number[];
  readonly note: Pick<GroupNote, 'text' | 'by' | 'on'> | null;
}

const spells = 12;
const spellMs = 5 * 60_000;

type Trouble = 'retrying' | 'held' | 'suspended' | 'failed';

/** How a job stands in its group; undefined for one that is under way or does not go wrong. */
const troubleOf = ({ status, held }: AttentionEntry): Trouble | undefined => {
  if (status === 'Waiting') return held ? 'held' : 'retrying';
  if (status === 'Suspended') return 'suspended';
  return status === 'Failed' ? 'failed' : undefined;
};

/** The spell of a time, 0 the oldest; undefined when it is longer ago. A clock ahead of ours counts as now. */
const spellOf = (time: Date, now: Date): number | undefined => {
  const ago = Math.floor(Math.max(0, now.getTime() - time.getTime()) / spellMs);
  return ago < spells ? spells - 1 - ago : undefined;
};

const keyOf = ({ endpoint, code }: GroupKey): string => `${endpoint} ${code}`;

/** A group while it is counted. */
interface Tally extends Record<Trouble, number> {
  readonly key: GroupKey;
  firstMs: number;
  lastMs: number;
  readonly recent: number[];
}

const emptyTally = (key: GroupKey): Tally => ({
  key,
  retrying: 0,
  held: 0,
  suspended: 0,
  failed: 0,
  firstMs: Number.POSITIVE_INFINITY,
  lastMs: 0,
  recent: Array.from({ length: spells }, () => 0),
});

const add = (tally: Tally, trouble: Trouble, { startedOn, modifiedOn }: AttentionEntry, now: Date): void => {
  tally[trouble] += 1;
  tally.firstMs = Math.min(tally.firstMs, (startedOn ?? modifiedOn).getTime());
  tally.lastMs = Math.max(tally.lastMs, modifiedOn.getTime());
  const spell = spellOf(modifiedOn, now);
  if (spell !== undefined) tally.recent[spell] = (tally.recent[spell] ?? 0) + 1;
};

const tallied = (entries: readonly AttentionEntry[], now: Date): Tally[] => {
  const tallies = new Map<string, Tally>();
  for (const entry of entries) {
    const { endpoint, code } = entry;
    const trouble = troubleOf(entry);
    if (code === undefined || trouble === undefined) continue;
    const key = keyOf({ endpoint, code });
    const tally = tallies.get(key) ?? emptyTally({ endpoint, code });
    tallies.set(key, tally);
    add(tally, trouble, entry, now);
  }
  return [...tallies.values()];
};

const meaningOf = (code: FailureCode) => {
  const { outcome, cause, advice } = failureCatalogue[code];
  return { outcome, cause, advice };
};

const groupOf = (tally: Tally, note: GroupNote | undefined): FailureGroup => {
  const { key, retrying, held, suspended, failed } = tally;
  return {
    ...key,
    ...meaningOf(key.code),
    count: retrying + held + suspended + failed,
    retrying,
    held,
    suspended,
    failed,
    first: new Date(tally.firstMs),
    last: new Date(tally.lastMs),
    recent: tally.recent,
    note: note === undefined ? null : { text: note.text, by: note.by, on: note.on },
  };
};

const largestFirst = (one: FailureGroup, other: FailureGroup): number =>
  other.count - one.count || (keyOf(one) < keyOf(other) ? -1 : 1);

/**
 * The failure groups, largest first: of the jobs that wait after a failure, are suspended by one, or failed. A job that
 * was paused before it ever failed is in none.
 */
export const failureGroups = (
  entries: readonly AttentionEntry[],
  notes: readonly GroupNote[],
  now: Date,
): FailureGroup[] => {
  const noteOf = new Map(notes.map((note) => [keyOf(note), note]));
  return tallied(entries, now)
    .map((tally) => groupOf(tally, noteOf.get(keyOf(tally.key))))
    .sort(largestFirst);
};
