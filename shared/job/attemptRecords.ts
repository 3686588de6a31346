import type { Evidence } from './evidence.ts';
import { attemptsKept, longestJson, type AttemptRecord } from './systemJob.ts';

/**
 * Attempts as the row has them. Most of the evidence is the same at every attempt, so a member stands there only when it
 * differs from that of the latest attempt that has it; null says that there is none.
 */
export type PackedAttempt = Omit<AttemptRecord, 'evidence'> & {
  /** Present when the attempt had a message. */
  readonly sent?: Readonly<Record<string, unknown>>;
};

const members = [
  'messageId',
  'sha256',
  'bytes',
  'contentType',
  'identity',
  'brokerAnswer',
  'properties',
] as const satisfies readonly (keyof Evidence)[];

type Known = Partial<Record<keyof Evidence, unknown>>;

const isSame = (one: unknown, other: unknown): boolean =>
  one === other || (typeof one === 'object' && JSON.stringify(one) === JSON.stringify(other));

/** The members of `evidence` that `known`, which is then brought up to date, does not tell. */
const news = (evidence: Evidence, known: Known): Record<string, unknown> => {
  const told: Record<string, unknown> = {};
  for (const member of members) {
    const value = evidence[member];
    if (value === undefined) told[member] = null;
    else if (!isSame(value, known[member])) told[member] = known[member] = value;
  }
  return told;
};

/** Attempts, the oldest first, as they are stored. */
export const packAttempts = (attempts: readonly AttemptRecord[]): readonly PackedAttempt[] => {
  const known: Known = {};
  return attempts.map(({ evidence, ...rest }) =>
    evidence === undefined ? rest : { ...rest, sent: news(evidence, known) },
  );
};

const complete = (sent: Readonly<Record<string, unknown>>, known: Known): Evidence => {
  for (const member of members) {
    const value = sent[member];
    if (value !== undefined && value !== null) known[member] = value;
  }
  const evidence: Readonly<Record<string, unknown>> = Object.fromEntries(
    members.map((member) => [member, sent[member] === null ? undefined : known[member]] as const),
  );
  return evidence as unknown as Evidence;
};

/** Attempts as they were before they were packed. */
export const unpackAttempts = (packed: readonly PackedAttempt[]): readonly AttemptRecord[] => {
  const known: Known = {};
  return packed.map(({ sent, ...rest }) =>
    sent === undefined ? rest : { ...rest, evidence: complete(sent, known) },
  );
};

const fits = (attempts: readonly AttemptRecord[]): boolean =>
  JSON.stringify(packAttempts(attempts)).length <= longestJson;

const withoutProperties = ({ evidence, ...rest }: AttemptRecord): AttemptRecord =>
  evidence === undefined ? rest : { ...rest, evidence: { ...evidence, properties: undefined } };

const withoutEvidence = (attempt: AttemptRecord): AttemptRecord => ({ ...attempt, evidence: undefined });

/** The attempts but the first and the last, which say most. */
const isBetween = (index: number, attempts: readonly AttemptRecord[]): boolean =>
  index > 0 && index < attempts.length - 1;

const hasOwnProperties = ({ sent }: PackedAttempt): boolean =>
  typeof sent?.['properties'] === 'object' && sent['properties'] !== null;

const changedAt = (
  attempts: readonly AttemptRecord[],
  at: number,
  change: (attempt: AttemptRecord) => AttemptRecord,
): readonly AttemptRecord[] => attempts.map((each, index) => (index === at ? change(each) : each));

/**
 * One step on the way to fit: properties between the first and the last attempt go first, then all evidence there, then
 * the attempts themselves, then the properties of the two that are left.
 */
const smaller = (attempts: readonly AttemptRecord[]): readonly AttemptRecord[] | undefined => {
  const own = packAttempts(attempts).map(hasOwnProperties);
  const wordy = own.findIndex((has, index) => has && isBetween(index, attempts));
  if (wordy !== -1) return changedAt(attempts, wordy, withoutProperties);
  const proven = attempts.findIndex(
    (each, index) => isBetween(index, attempts) && each.evidence !== undefined,
  );
  if (proven !== -1) return changedAt(attempts, proven, withoutEvidence);
  if (attempts.length > 2) return [...attempts.slice(0, 1), ...attempts.slice(2)];
  const last = own.lastIndexOf(true);
  return last === -1 ? undefined : changedAt(attempts, last, withoutProperties);
};

const bounded = (attempts: readonly AttemptRecord[]): readonly AttemptRecord[] => {
  let kept = attempts;
  while (kept.length > attemptsKept) kept = [...kept.slice(0, 1), ...kept.slice(2)];
  for (let next: typeof kept | undefined = kept; next !== undefined && !fits(kept); next = smaller(kept))
    kept = next;
  return kept;
};

/** `attempts` with `record`, which takes the place of an earlier record of the same attempt; small enough to be stored. */
export const withAttempt = (
  attempts: readonly AttemptRecord[],
  record: AttemptRecord,
): readonly AttemptRecord[] =>
  bounded(
    attempts.some(({ attempt }) => attempt === record.attempt)
      ? attempts.map((each) => (each.attempt === record.attempt ? record : each))
      : [...attempts, record],
  );
