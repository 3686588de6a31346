import { beforeEach, describe, expect, it } from 'vitest';
import { acceptNotification } from '../../../shared/job/acceptNotification.ts';
import { StoreError } from '../../../shared/job/storeError.ts';
import { jsonHeaders, notificationWith } from '../../support/contexts.ts';
import { acceptedAt, later, minutes } from '../../support/jobs.ts';
import { memoryJobStore } from '../../support/memoryJobStore.ts';
import { endpointWith, noFilter } from '../../support/posting.ts';
import { rememberingStarter } from '../../support/starter.ts';

const endpoint = endpointWith();

let store: ReturnType<typeof memoryJobStore>;
let engine: ReturnType<typeof rememberingStarter>;
let failures: unknown[];
let now: Date;
beforeEach(() => {
  store = memoryJobStore();
  engine = rememberingStarter();
  failures = [];
  now = acceptedAt;
});

const accept = (members: Record<string, unknown> = {}, headers = jsonHeaders, to = endpoint) =>
  acceptNotification({
    store,
    starter: engine.starter,
    startFailed: (_id, error) => failures.push(error),
    now: () => now,
    maxDepth: 16,
  })(notificationWith(members, headers), to);

const idOf = async (acceptance: ReturnType<typeof accept>): Promise<string> => {
  const result = await acceptance;
  if (result.kind !== 'accepted') throw new Error(`not accepted: ${JSON.stringify(result)}`);
  return result.jobId;
};

describe('a notification', () => {
  it('is stored, then started, and its job waits for resources (A-1)', async () => {
    const id = await idOf(accept());
    expect(engine.calls).toEqual(['start 1']);
    expect((await store.readWithBody(id))?.job).toMatchObject({
      status: 'WaitingForResources',
      attention: false,
    });
  });

  it('is not started when it could not be stored (A-1)', async () => {
    store.insert = async () => {
      throw new StoreError('away');
    };
    await expect(accept()).rejects.toThrow(StoreError);
    expect(engine.calls).toEqual([]);
  });

  it('is accepted all the same when it could not be started (A-6)', async () => {
    engine.break();
    const id = await idOf(accept());
    expect(failures).toHaveLength(1);
    expect((await store.read(id))?.job.status).toBe('WaitingForResources');
  });

  it('that comes again is the same job and is not started twice (A-3)', async () => {
    const first = await accept();
    const second = await accept();
    expect(second).toEqual({ ...first, duplicate: true });
    expect(engine.calls).toEqual(['start 1']);
  });

  it('that comes again is started if it never was (A-6)', async () => {
    engine.break();
    await accept();
    engine.mend();
    await accept();
    expect(engine.calls).toEqual(['start 1']);
  });

  it('that comes again after it was delivered starts nothing (A-3)', async () => {
    const id = await idOf(accept());
    engine.running.clear();
    const stored = await store.read(id);
    if (stored === undefined) throw new Error('no job');
    await store.update(stored, { ...stored.job, status: 'Succeeded' });
    expect(await accept()).toMatchObject({ kind: 'accepted', duplicate: true });
    expect(engine.calls).toEqual(['start 1']);
  });

  it('makes one job of many at the same time (A-3)', async () => {
    const all = await Promise.all(Array.from({ length: 10 }, () => accept()));
    expect(all.filter((each) => each.kind === 'accepted' && !each.duplicate)).toHaveLength(1);
    expect(engine.calls).toEqual(['start 1']);
  });

  it('may repeat an Idempotency-Key only with the same body (A-4)', async () => {
    const headers = { ...jsonHeaders, 'idempotency-key': 'k' };
    await accept({}, headers);
    expect(await accept({}, headers)).toMatchObject({ duplicate: true });
    expect(await accept({ RequestId: null }, headers)).toMatchObject({
      kind: 'refused',
      code: 'IdempotencyKeyReused',
    });
  });

  it('that comes long after its operation, or without its time, is in the attention index at once', async () => {
    const attentionOf = async (members: Record<string, unknown>) =>
      (await store.read(await idOf(accept(members))))?.job.attention;
    expect(await attentionOf({ OperationCreatedOn: null })).toBe(true);
    expect(await attentionOf({ OperationCreatedOn: `/Date(${later(now, minutes(20)).getTime()})/` })).toBe(
      true,
    );
    expect(await attentionOf({ OperationCreatedOn: `/Date(${later(now, -minutes(9)).getTime()})/` })).toBe(
      false,
    );
    now = later(acceptedAt, minutes(11));
    expect(await attentionOf({})).toBe(true);
  });

  it('nested deeper than the bound is refused and not stored (R-7)', async () => {
    expect(await accept({ Depth: 16 })).toMatchObject({ kind: 'accepted' });
    expect(await accept({ Depth: 17 })).toMatchObject({ kind: 'refused', code: 'DepthExceeded' });
    expect((await store.list({ top: 9 })).jobs).toHaveLength(1);
  });

  it('that the filter does not want becomes no job (R-10)', async () => {
    const picky = endpointWith({ filter: { ...noFilter, tables: ['contact'] } });
    expect(await accept({}, jsonHeaders, picky)).toMatchObject({ kind: 'filteredOut' });
    expect((await store.list({ top: 9 })).jobs).toEqual([]);
  });
});
