import { describe, expect, it } from 'vitest';
import { readOperation } from '../../../shared/api/readOperation.ts';
import { shardOfJobId, shards } from '../../../shared/job/jobId.ts';
import { countJobs } from '../../../shared/operation/countJobs.ts';
import { nudgeOperations } from '../../../shared/operation/nudgeOperations.ts';
import { isOperationId, operationIdOf } from '../../../shared/operation/operationId.ts';
import { later, minutes } from '../../support/jobs.ts';
import { memoryJobStore } from '../../support/memoryJobStore.ts';
import { memoryOperationStore } from '../../support/memoryOperationStore.ts';
import { failedJob } from '../../support/operationRig.ts';
import { askedAt, operationWith, requestWith } from '../../support/operations.ts';

const read = (body: unknown) => readOperation(JSON.stringify(body), 'somebody', askedAt);

const retry = { action: 'retry', filter: { status: 'Failed' }, reason: 'mended' };

describe('the body of a request for an operation (B-10)', () => {
  it('needs action, filter and reason; the rest has defaults', () => {
    expect(read(retry)).toEqual({
      kind: 'read',
      dryRun: false,
      request: requestWith({ reason: 'mended', by: 'somebody', ratePerMinute: 600 }),
    });
    expect(read({ ...retry, canary: {} })).toMatchObject({
      request: { canary: { steps: [1, 10, 100], failureLimitPercent: 10 } },
    });
  });

  it('takes the filters of the list, several statuses and ids', () => {
    const id = failedJob(1).id;
    const filter = {
      status: ['Failed', 'Waiting'],
      record: 'C0FFEE00',
      minAttempts: 2,
      from: '2026-01-01',
      ids: [id, id],
    };
    expect(read({ ...retry, filter })).toMatchObject({
      request: { filter: { ...filter, record: 'c0ffee00', from: new Date('2026-01-01'), ids: [id] } },
    });
  });

  it.each([
    [{ ...retry, filter: {} }, 'filter is empty'],
    [{ ...retry, filter: { colour: 'red' } }, '"filter.colour" is not a member'],
    [{ ...retry, filter: { status: 'Broken' } }, 'filter.status must be one of'],
    [{ ...retry, filter: { endpoint: 'a\u0000' } }, 'filter.endpoint must be text of at most 256'],
    [{ ...retry, filter: { record: '\ud800' } }, 'filter.record must be text of at most 256'],
    [{ ...retry, filter: { table: 'a'.repeat(257) } }, 'filter.table must be text of at most 256'],
    [{ ...retry, filter: { ids: [] } }, 'filter.ids must be a list'],
    [{ ...retry, reason: undefined }, 'reason is missing'],
    [{ ...retry, until: '2036-01-01T00:00:00Z' }, 'until goes with postpone only'],
    [{ ...retry, action: 'postpone' }, 'until is missing'],
    [{ ...retry, action: 'postpone', until: '2006-01-01T00:00:00Z' }, 'which is past'],
    [{ ...retry, action: 'cancel', canary: {} }, 'canary goes with retry and resume only'],
    [{ ...retry, cutOff: '2036-01-01T00:00:00Z' }, 'which is to come'],
    [{ ...retry, ratePerMinute: 6001 }, 'ratePerMinute must be a whole number from 1 to 6000'],
    [[], 'the body must be an object'],
  ])('%j is refused: %s', (body, fault) => {
    const answer = read(body);
    expect(answer.kind).toBe('faulty');
    expect(JSON.stringify(answer).replaceAll('\\"', '"')).toContain(fault);
  });
});

describe('counting (B-1)', () => {
  const rig = async (count: number) => {
    const store = memoryJobStore();
    for (let n = 0; n < count; n += 1) await store.insert(failedJob(n), new Uint8Array());
    await store.insert(failedJob(count + 1, { modifiedOn: later(askedAt, 1) }), new Uint8Array());
    return store;
  };

  it('gives the jobs that would be acted on, over all pages', async () => {
    const store = await rig(1100);
    expect(await countJobs(store, requestWith(), () => askedAt)).toEqual({ count: 1100, complete: true });
  });

  it('takes named jobs that there are, and that the action is possible for', async () => {
    const store = await rig(2);
    const ids = [0, 1, 3, 77].map((n) => failedJob(n).id);
    const counted = await countJobs(store, requestWith({ filter: { ids } }), () => askedAt);
    expect(counted).toEqual({ count: 2, complete: true });
  });

  it('takes the jobs alone that are retried, when those are asked for', async () => {
    const ids = [0, 1, 2, 3].map((n) => failedJob(n).id);
    const retrying = { status: 'Waiting', attention: true, attemptCount: 1, held: false } as const;
    const store = memoryJobStore();
    await store.insert(failedJob(0, retrying), new Uint8Array());
    await store.insert(failedJob(1, { ...retrying, held: true }), new Uint8Array());
    await store.insert(failedJob(2, { ...retrying, attemptCount: 0 }), new Uint8Array());
    await store.insert(failedJob(3), new Uint8Array());
    for (const filter of [{ retrying: true }, { retrying: true, ids }] as const) {
      const counted = await countJobs(store, requestWith({ filter }), () => askedAt);
      expect(counted).toEqual({ count: 1, complete: true });
    }
  });

  it('says so when it runs out of time', async () => {
    const store = await rig(1100);
    let calls = 0;
    const now = () => later(askedAt, (calls += 1) * minutes(1));
    const inFirst = Array.from({ length: 1100 }, (_, n) => failedJob(n).id).filter(
      (id) => shardOfJobId(id) === shards[0],
    );
    expect(await countJobs(store, requestWith(), now)).toEqual({ count: inFirst.length, complete: false });
  });
});

describe('the sweeper', () => {
  it('nudges operations that have not moved for minutes, and no others (B-9)', async () => {
    const operations = memoryOperationStore();
    const [stalled, moving, over] = [1, 2, 3].map((n) => operationWith({}, n));
    if (stalled === undefined || moving === undefined || over === undefined) throw new Error('none');
    const now = later(askedAt, minutes(4));
    await operations.insert(stalled);
    await operations.insert({ ...moving, modifiedOn: later(now, -minutes(2)) });
    await operations.insert({ ...over, phase: 'over' });
    const nudged: unknown[] = [];
    const nudge = async (...asked: unknown[]): Promise<boolean> => nudged.push(asked) > 0;
    expect(await nudgeOperations({ operations, nudge, now: () => now })).toBe(1);
    expect(nudged).toEqual([[stalled.id, false]]);
  });

  it('says which of them stand still although they were nudged for long (B-9)', async () => {
    const operations = memoryOperationStore();
    const [long, short] = [operationWith({}, 1), operationWith({}, 2)];
    const now = later(askedAt, minutes(15));
    await operations.insert(long);
    await operations.insert({ ...short, modifiedOn: later(askedAt, 1) });
    const nudged: Record<string, boolean | undefined> = {};
    const nudge = async (id: string, isLong?: boolean): Promise<boolean> => {
      nudged[id] = isLong;
      return true;
    };
    await nudgeOperations({ operations, nudge, now: () => now });
    expect(nudged).toEqual({ [long.id]: true, [short.id]: false });
  });
});

describe('the id of an operation', () => {
  it('sorts newest first, and is never taken for that of a job', () => {
    const [older, newer] = [operationIdOf(askedAt, 'a'), operationIdOf(later(askedAt, 1), 'b')];
    expect(newer < older).toBe(true);
    expect(isOperationId(older)).toBe(true);
    expect(isOperationId(failedJob(1).id)).toBe(false);
  });
});
