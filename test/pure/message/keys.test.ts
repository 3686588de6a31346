import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keySources } from '../../../shared/endpoint/serviceEndpoint.ts';
import { keyOf } from '../../../shared/message/keys.ts';
import { jobWith } from '../../support/jobs.ts';

describe('a session id or partition key', () => {
  const job = jobWith();

  it.each([
    ['record', 'c0ffee00-0000-4000-8000-000000000001'],
    ['table', 'account'],
    ['organization', 'orgtests'],
    ['correlation', '0f4b8a52-7c3e-4d1f-8a7b-1c2d3e4f5a6b'],
    ['user', 'a1a1a1a1-0000-4000-8000-000000000002'],
  ] as const)('is taken from the %s (M-12)', (source, expected) => {
    expect(keyOf(source, job)).toBe(expected);
  });

  it('is the same however the id of a record was written', () => {
    const shouted = jobWith({ PrimaryEntityId: 'C0FFEE00-0000-4000-8000-000000000001' });
    expect(keyOf('record', shouted)).toBe(keyOf('record', job));
  });

  it("is the job's id where the source says nothing (M-12)", () => {
    const bare = jobWith({
      PrimaryEntityId: '00000000-0000-0000-0000-000000000000',
      OrganizationName: null,
      CorrelationId: null,
      UserId: null,
    });
    for (const source of ['record', 'organization', 'correlation', 'user'] as const) {
      expect(keyOf(source, bare)).toBe(bare.id);
    }
  });

  it('has between 1 and 128 characters, whatever the job holds', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...keySources),
        fc.string({ minLength: 1, maxLength: 600, unit: 'grapheme' }),
        (source, text) => {
          const key = keyOf(
            source,
            jobWith({}, { organization: text, primaryEntityName: text, userId: text }),
          );
          expect(key.length).toBeGreaterThan(0);
          expect(key.length).toBeLessThanOrEqual(128);
        },
      ),
    );
  });
});
