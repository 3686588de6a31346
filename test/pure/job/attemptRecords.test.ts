import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packAttempts, unpackAttempts, withAttempt } from '../../../shared/job/attemptRecords.ts';
import type { Evidence } from '../../../shared/job/evidence.ts';
import { attemptsKept, longestJson, type AttemptRecord } from '../../../shared/job/systemJob.ts';

const evidenceWith = (changes: Partial<Evidence> = {}): Evidence => ({
  messageId: 'zzz-1',
  sha256: 'ab'.repeat(32),
  bytes: 10,
  contentType: 'application/json',
  identity: 'a key',
  brokerAnswer: 'accepted',
  properties: { EntityLogicalName: 'account', Cut: true, Size: 1.5 },
  ...changes,
});

const attemptWith = (attempt: number, changes: Partial<AttemptRecord> = {}): AttemptRecord => ({
  attempt,
  startedOn: '2026-11-24T08:00:00.000Z',
  durationMs: 12,
  outcome: 'retry',
  evidence: evidenceWith(),
  ...changes,
});

const anyProperties = fc.dictionary(
  fc.string({ maxLength: 8 }).filter((name) => name !== '__proto__'),
  fc.oneof(fc.string({ maxLength: 300 }), fc.integer(), fc.boolean()),
  { maxKeys: 6 },
);

const anyEvidence: fc.Arbitrary<Evidence> = fc.record({
  messageId: fc.constantFrom('zzz-1', 'zzz-2'),
  sha256: fc.constantFrom('aa', 'bb'),
  bytes: fc.constantFrom(1, 2),
  contentType: fc.constantFrom('application/json', 'application/xml'),
  identity: fc.constantFrom('a key', 'another key'),
  brokerAnswer: fc.option(fc.string({ maxLength: 300 }), { nil: undefined }),
  properties: fc.option(anyProperties, { nil: undefined }),
});

const anyAttempts: fc.Arbitrary<AttemptRecord[]> = fc
  .array(fc.tuple(fc.option(anyEvidence, { nil: undefined }), fc.string({ maxLength: 400 })), {
    maxLength: 70,
  })
  .map((list) => list.map(([evidence, detail], index) => attemptWith(index + 1, { detail, evidence })));

describe('evidence on the row (E-2)', () => {
  it('stands there once as long as it stays the same', () => {
    const packed = packAttempts([attemptWith(1), attemptWith(2), attemptWith(3)]);
    expect(packed.map(({ sent }) => sent)).toEqual([evidenceWith(), {}, {}]);
  });

  it('comes back as it was, stored or not', () => {
    fc.assert(
      fc.property(anyAttempts, (attempts) => {
        const stored = JSON.parse(JSON.stringify(packAttempts(attempts))) as ReturnType<typeof packAttempts>;
        expect(unpackAttempts(stored)).toEqual(attempts);
      }),
      { numRuns: 1000 },
    );
  });

  it('of attempts that an earlier version wrote is not there', () => {
    const old = attemptWith(1, { evidence: undefined });
    expect(unpackAttempts([old])).toEqual([old]);
  });
});

describe('the attempts of a job', () => {
  it('never take more than the column holds, and keep the first and the last', () => {
    fc.assert(
      fc.property(anyAttempts, (attempts) => {
        const kept = attempts.reduce<readonly AttemptRecord[]>(withAttempt, []);
        expect(JSON.stringify(packAttempts(kept)).length).toBeLessThanOrEqual(longestJson);
        expect(kept.length).toBeLessThanOrEqual(attemptsKept);
        expect(kept[0]?.attempt).toBe(attempts[0]?.attempt);
        expect(kept.at(-1)?.attempt).toBe(attempts.at(-1)?.attempt);
      }),
      { numRuns: 200 },
    );
  });

  it('lose evidence between the first and the last before they are lost themselves (E-2)', () => {
    const properties = (n: number) => ({ text: `${n}`.padEnd(2000, 'x') });
    let attempts: readonly AttemptRecord[] = [];
    for (let n = 1; n <= 40; n += 1) {
      attempts = withAttempt(
        attempts,
        attemptWith(n, { evidence: evidenceWith({ properties: properties(n) }) }),
      );
    }
    expect(attempts).toHaveLength(40);
    expect(attempts[0]?.evidence?.properties).toEqual(properties(1));
    expect(attempts.at(-1)?.evidence?.properties).toEqual(properties(40));
    expect(attempts[1]?.evidence).toMatchObject({ sha256: 'ab'.repeat(32), properties: undefined });
  });

  it('fit even when two of them would not', () => {
    const properties = (n: number) => ({ text: `${n}`.padEnd(29_000, 'x') });
    const both = [1, 2].reduce<readonly AttemptRecord[]>(
      (list, n) =>
        withAttempt(list, attemptWith(n, { evidence: evidenceWith({ properties: properties(n) }) })),
      [],
    );
    expect(JSON.stringify(packAttempts(both)).length).toBeLessThanOrEqual(longestJson);
    expect(both).toHaveLength(2);
  });

  it('have one record for each attempt', () => {
    const attempts = withAttempt([attemptWith(1), attemptWith(2)], attemptWith(2, { outcome: 'delivered' }));
    expect(attempts.map(({ outcome }) => outcome)).toEqual(['retry', 'delivered']);
  });
});
