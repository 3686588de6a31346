import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isJobId, jobIdOf, shardOfJobId, shards, timeOfJobId } from '../../../shared/job/jobId.ts';
import { jsonHeaders, notificationWith } from '../../support/contexts.ts';
import { nth, operationTime } from '../../support/jobs.ts';

const idWith = (members: Record<string, unknown>, headers?: Record<string, string>): string =>
  jobIdOf(notificationWith(members, headers));

describe('the id of a job', () => {
  it('is the same for the same notification (A-3)', () => {
    expect(idWith({})).toBe(idWith({}));
  });

  it.each([
    ['OperationId', '33333333-2222-4333-8444-555555555555'],
    ['RequestId', null],
    ['CorrelationId', null],
    ['OwningExtension', null],
    ['MessageName', 'Update'],
    ['Stage', 10],
    ['PrimaryEntityName', 'contact'],
    ['PrimaryEntityId', '33333333-2222-4333-8444-555555555555'],
    ['OperationCreatedOn', '/Date(1764000000001+0000)/'],
    ['SharedVariables', [{ key: 'only the body differs', value: 1 }]],
  ])('differs when %s differs (A-3)', (member, value) => {
    expect(idWith({ [member]: value })).not.toBe(idWith({}));
  });

  it('differs by endpoint (A-3)', () => {
    const notification = notificationWith();
    expect(jobIdOf({ ...notification, endpoint: 'other' })).not.toBe(jobIdOf(notification));
  });

  it("is the caller's choice with an Idempotency-Key (A-4)", () => {
    const headers = { ...jsonHeaders, 'idempotency-key': 'invoice 42' };
    expect(idWith({ RequestId: null }, headers)).toBe(idWith({}, headers));
    expect(idWith({}, { ...jsonHeaders, 'idempotency-key': 'invoice 43' })).not.toBe(idWith({}, headers));
    expect(idWith({}, headers)).not.toBe(idWith({}));
  });

  it('has the form that instances, row keys and addresses can carry (A-5)', () => {
    expect(idWith({})).toMatch(/^[0-9a-z]{9}-[0-9a-f]{32}$/);
    expect(isJobId(idWith({}))).toBe(true);
    for (const text of ['', 'x', `${idWith({})}0`, idWith({}).toUpperCase(), '@entity@key'])
      expect(isJobId(text)).toBe(false);
  });

  it('tells its time and its shard', () => {
    const id = idWith({});
    expect(timeOfJobId(id)).toBe(operationTime.getTime());
    expect(shards).toContain(shardOfJobId(id));
  });

  it('sorts newest first, and behind all others without a time (A-5)', () => {
    const ids = [0, 1, 2, 3].map((n) => idWith(nth(n)));
    expect([...ids].sort()).toEqual([...ids].reverse());
    const timeless = idWith({ OperationCreatedOn: null });
    expect([...ids, timeless].sort().at(-1)).toBe(timeless);
  });

  it('sorts by any time a notification can have (A-5)', () => {
    const time = fc.integer({ min: 0, max: 36 ** 9 - 2 });
    const idAt = (ms: number) => idWith({ OperationCreatedOn: `/Date(${ms})/` });
    fc.assert(
      fc.property(time, time, (one, other) => {
        if (one < other) expect(idAt(one) > idAt(other)).toBe(true);
      }),
    );
  });

  it('spreads over all shards', () => {
    const found = new Set(Array.from({ length: 400 }, (_, n) => shardOfJobId(idWith(nth(n)))));
    expect(found.size).toBe(shards.length);
  });
});
