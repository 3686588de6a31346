import { beforeEach, describe, expect, it } from 'vitest';
import { UnusableToken, type JobListQuery } from '../../shared/job/jobList.ts';
import type { JobStore } from '../../shared/job/jobStore.ts';
import type { StoredJob, SystemJob } from '../../shared/job/systemJob.ts';
import { acceptedAt, jobWith, later, minutes, nth, operationTime, seconds } from './jobs.ts';

const body = new TextEncoder().encode('{"MessageName":"Create"}');

const collect = async <Item>(items: AsyncIterable<Item>): Promise<Item[]> => {
  const list: Item[] = [];
  for await (const item of items) list.push(item);
  return list;
};

const noneUnreadable = (fault: Error): never => {
  throw fault;
};

/** The rules of a job store; each implementation has to keep them. */
export const jobStoreSuite = (makeStore: () => Promise<JobStore>): void => {
  let store: JobStore;
  beforeEach(async () => {
    store = await makeStore();
  });

  const put = async (job: SystemJob, content = body): Promise<StoredJob> => {
    await store.insert(job, content);
    const stored = await store.read(job.id);
    if (stored === undefined) throw new Error('The job that was stored is not there.');
    return stored;
  };
  const change = async (before: StoredJob, changes: Partial<SystemJob>): Promise<StoredJob> => {
    const after = await store.update(before, { ...before.job, ...changes });
    if (after === 'changed') throw new Error('The update was refused.');
    return after;
  };
  const namesOf = async (query: Partial<JobListQuery> = {}): Promise<string[]> =>
    (await store.list({ top: 100, ...query })).jobs.map((job) => job.name);

  describe('single jobs', () => {
    it('gives back what was stored, to the last column', async () => {
      const job = jobWith({ OwningExtension: null, InitiatingUserAgent: '' });
      expect(await put(job)).toEqual({ job, version: expect.any(String) as string });
    });

    it('keeps a body byte for byte, whatever its size', async () => {
      for (const [index, bytes] of [0, 1, 4095, 4096, 70_000, 12 * 65_536].entries()) {
        const content = Uint8Array.from({ length: bytes }, (_, at) => (at * 7919 + (at >> 3)) % 251);
        const job = jobWith(nth(index));
        await store.insert(job, content);
        const stored = await store.readWithBody(job.id);
        expect(Buffer.compare(stored?.body ?? new Uint8Array([1]), content)).toBe(0);
      }
    });

    it('does not store a job twice, and leaves the first one alone', async () => {
      const job = jobWith();
      expect(await store.insert(job, body)).toBe('inserted');
      expect(await store.insert({ ...job, name: 'other' }, new Uint8Array())).toBe('exists');
      expect((await store.readWithBody(job.id))?.job.name).toBe(job.name);
      expect((await store.readWithBody(job.id))?.body).toHaveLength(body.length);
    });

    it('makes one job of many concurrent inserts', async () => {
      const job = jobWith();
      const answers = await Promise.all(Array.from({ length: 8 }, () => store.insert(job, body)));
      expect(answers.filter((answer) => answer === 'inserted')).toHaveLength(1);
    });

    it('knows nothing of a job that was never stored', async () => {
      const { id } = jobWith();
      expect(await store.read(id)).toBeUndefined();
      expect(await store.readWithBody(id)).toBeUndefined();
    });

    it('writes every change, also back to nothing', async () => {
      const first = await put(jobWith());
      const changes: Partial<SystemJob> = {
        status: 'Waiting',
        attention: true,
        friendlyMessage: 'Waiting to try again.',
        message: 'ECONNREFUSED',
        code: 'ConnectionFailed',
        errorCode: -2147204743,
        attemptCount: 1,
        roundAttempts: 1,
        roundStartedOn: later(acceptedAt, 1),
        postponeUntil: later(acceptedAt, seconds(5)),
        startedOn: acceptedAt,
        modifiedOn: later(acceptedAt, 2),
        attempts: [{ attempt: 1, startedOn: 'x', durationMs: 3, outcome: 'retry', code: 'ConnectionFailed' }],
        actions: [{ action: 'retry', on: 'y', by: 'me' }],
      };
      const waiting = await change(first, changes);
      expect((await store.read(first.job.id))?.job).toEqual({ ...first.job, ...changes });
      await change(waiting, first.job);
      expect((await store.read(first.job.id))?.job).toEqual(first.job);
    });

    it('gives back the evidence of each attempt, though what stays the same is stored once (E-2)', async () => {
      const first = await put(jobWith());
      const properties = { EntityLogicalName: 'account', Cut: true, 'a "quoted" \u2028 name': 1.5 };
      const evidence = {
        messageId: first.job.id,
        sha256: 'ab'.repeat(32),
        bytes: 10,
        contentType: 'application/json',
        identity: 'a key',
        brokerAnswer: undefined,
        properties,
      };
      const attempts = [undefined, evidence, { ...evidence, brokerAnswer: 'accepted' }, evidence].map(
        (each, index) => ({
          attempt: index + 1,
          startedOn: 'x',
          durationMs: 3,
          outcome: 'retry' as const,
          ...(each === undefined ? {} : { evidence: each }),
        }),
      );
      await change(first, { attempts });
      expect((await store.read(first.job.id))?.job.attempts).toEqual(attempts);
    });

    it('refuses an update made from an old version, and from a job that is gone', async () => {
      const first = await put(jobWith());
      await change(first, { attemptCount: 1 });
      expect(await store.update(first, { ...first.job, attemptCount: 9 })).toBe('changed');
      expect((await store.read(first.job.id))?.job.attemptCount).toBe(1);
      const gone = jobWith(nth(1));
      expect(await store.update({ job: gone, version: first.version }, { ...gone, attemptCount: 1 })).toBe(
        'changed',
      );
    });

    it('refuses an update from an old version in the attention index too, and writes neither', async () => {
      const first = await put(jobWith());
      await change(first, { attemptCount: 1 });
      const stale = await store.update(first, { ...first.job, status: 'Waiting', attention: true });
      expect(stale).toBe('changed');
      expect(await namesOf({ status: 'Waiting' })).toEqual([]);
    });

    it('removes a job and its index entry together, whatever its status (S-9)', async () => {
      const plain = await put(jobWith(nth(1)));
      const indexed = await put(jobWith(nth(2), { status: 'Failed', attention: true }));
      expect(await store.remove(plain)).toBe('removed');
      expect(await store.remove(indexed)).toBe('removed');
      expect(await store.read(plain.job.id)).toBeUndefined();
      expect(await store.read(indexed.job.id)).toBeUndefined();
      expect(await namesOf({ attention: true })).toEqual([]);
      expect(await namesOf()).toEqual([]);
      expect(await store.remove(plain)).toBe('missing');
      expect(await store.remove(indexed)).toBe('missing');
    });

    it('refuses to remove an old version, and removes neither row then', async () => {
      const plain = await put(jobWith(nth(1)));
      const indexed = await put(jobWith(nth(2), { status: 'Failed', attention: true }));
      await change(plain, { status: 'Waiting', attention: true });
      await change(indexed, { attemptCount: 2 });
      expect(await store.remove(plain)).toBe('changed');
      expect(await store.remove(indexed)).toBe('changed');
      expect(await namesOf({ attention: true })).toHaveLength(2);
      expect(await namesOf()).toHaveLength(2);
    });

    it('writes no row for a job that was removed meanwhile (S-9)', async () => {
      const stored = await put(jobWith());
      await store.remove(stored);
      const answers = await Promise.all([
        store.update(stored, { ...stored.job, attemptCount: 1, status: 'Succeeded' }),
        store.update(stored, { ...stored.job, attemptCount: 1, status: 'Waiting', attention: true }),
      ]);
      expect(answers).toEqual(['changed', 'changed']);
      expect(await namesOf()).toEqual([]);
      expect(await namesOf({ attention: true })).toEqual([]);
    });

    it('takes a job anew after it was removed (S-9)', async () => {
      const stored = await put(jobWith({}, { status: 'Failed', attention: true, attemptCount: 3 }));
      await store.remove(stored);
      expect(await store.insert(jobWith(), body)).toBe('inserted');
      expect((await store.read(stored.job.id))?.job).toEqual(jobWith());
    });

    it('lets one of several concurrent updates win', async () => {
      const first = await put(jobWith());
      const answers = await Promise.all(
        [1, 2, 3, 4].map((attemptCount) => store.update(first, { ...first.job, attemptCount })),
      );
      expect(answers.filter((answer) => answer !== 'changed')).toHaveLength(1);
    });
  });

  describe('held jobs', () => {
    const waiting: Partial<SystemJob> = { status: 'Waiting', attention: true };
    const held: Partial<SystemJob> = { ...waiting, held: true };
    const putNth = (n: number, changes: Partial<SystemJob>) =>
      put(jobWith(nth(n), { name: `#${n}`, ...changes }));

    it('are found by their endpoint, the oldest first', async () => {
      const ids: string[] = [];
      for (const n of [3, 1, 2]) ids[n] = (await putNth(n, held)).job.id;
      await putNth(4, { ...held, endpoint: 'other' });
      await putNth(5, waiting);
      expect(await store.listHeld('orders', 9)).toEqual({ ids: [ids[1], ids[2], ids[3]], complete: true });
      expect(await store.listHeld('orders', 2)).toEqual({ ids: [ids[1], ids[2]], complete: true });
      expect(await store.listHeld('none', 9)).toEqual({ ids: [], complete: true });
    });

    it('are found no more once they are let go', async () => {
      const stored = await putNth(1, held);
      expect((await store.read(stored.job.id))?.job.held).toBe(true);
      await change(stored, { status: 'WaitingForResources', held: false });
      expect((await store.listHeld('orders', 9)).ids).toEqual([]);
    });

    it('count in the backlog of their endpoint, beside those that wait or go on, but not those that rest', async () => {
      await putNth(1, held);
      await putNth(2, waiting);
      await putNth(3, { status: 'InProgress', attention: true });
      await putNth(4, { status: 'Failed', attention: true });
      await putNth(5, { status: 'Suspended', attention: true });
      await putNth(6, { ...held, endpoint: 'other' });
      await putNth(7, {});
      const all = await store.countBacklog();
      expect(all.complete).toBe(true);
      expect(Object.fromEntries(all.byEndpoint)).toEqual({
        orders: { backlog: 3, held: 1 },
        other: { backlog: 1, held: 1 },
      });
    });
  });

  describe('lists', () => {
    const putNth = (n: number, changes: Partial<SystemJob> = {}) =>
      put(jobWith(nth(n), { name: `#${n}`, ...changes }));

    it('is empty at first', async () => {
      expect(await store.list({ top: 10 })).toEqual({ jobs: [], unreadable: [] });
    });

    it('goes newest first, by pages that miss and repeat nothing', async () => {
      await Promise.all([3, 0, 4, 1, 2].map((n) => putNth(n)));
      const first = await store.list({ top: 2 });
      const second = await store.list({ top: 2, after: first.next ?? '' });
      const third = await store.list({ top: 2, after: second.next ?? '' });
      const names = [first, second, third].map(({ jobs }) => jobs.map((job) => job.name));
      expect(names).toEqual([['#4', '#3'], ['#2', '#1'], ['#0']]);
      expect(third.next).toBeUndefined();
    });

    it('shows no new job on a later page', async () => {
      await Promise.all([1, 2, 3].map((n) => putNth(n)));
      const first = await store.list({ top: 2 });
      await putNth(4);
      expect(await namesOf({ top: 2, after: first.next ?? '' })).toEqual(['#1']);
    });

    it('filters by endpoint, table, message and time, and by all together', async () => {
      await putNth(1, { endpoint: 'a', primaryEntityName: 'account', messageName: 'Create' });
      await putNth(2, { endpoint: 'a', primaryEntityName: 'contact', messageName: 'Update' });
      await putNth(3, { endpoint: 'b', primaryEntityName: "o'neill", messageName: 'Create' });
      expect(await namesOf({ endpoint: 'a' })).toEqual(['#2', '#1']);
      expect(await namesOf({ table: "o'neill" })).toEqual(['#3']);
      expect(await namesOf({ message: 'Create' })).toEqual(['#3', '#1']);
      expect(await namesOf({ endpoint: 'a', table: 'account', message: 'Update' })).toEqual([]);
      expect(await namesOf({ from: later(operationTime, seconds(2)) })).toEqual(['#3', '#2']);
      expect(await namesOf({ to: later(operationTime, seconds(3)) })).toEqual(['#2', '#1']);
      const one = { from: later(operationTime, seconds(2)), to: later(operationTime, seconds(3)) };
      expect(await namesOf(one)).toEqual(['#2']);
    });

    it('filters by several statuses at once, of the index and beyond (L-5)', async () => {
      await putNth(1, { status: 'Failed', attention: true });
      await putNth(2, { status: 'Suspended', attention: true });
      await putNth(3, { status: 'Waiting', attention: true });
      await putNth(4, { status: 'Succeeded' });
      expect(await namesOf({ status: ['Failed', 'Suspended'] })).toEqual(['#2', '#1']);
      expect(await namesOf({ status: ['Failed', 'Succeeded'] })).toEqual(['#4', '#1']);
      expect(await namesOf({ status: ['Canceled'] })).toEqual([]);
    });

    it('filters by code, record, correlation and operation (L-5)', async () => {
      const failed = { status: 'Failed', attention: true } as const;
      await putNth(1, { ...failed, code: 'Busy', primaryEntityId: 'r-1', correlationId: 'c-1' });
      await putNth(2, { ...failed, code: 'QuotaExceeded', endpoint: 'other' });
      await putNth(3, { status: 'Canceled', code: 'Busy', primaryEntityId: "r-'3", operationId: 'o-3' });
      expect(await namesOf({ code: 'Busy' })).toEqual(['#3', '#1']);
      expect(await namesOf({ code: 'Busy', attention: true })).toEqual(['#1']);
      expect(await namesOf({ code: 'QuotaExceeded', status: 'Failed', endpoint: 'other' })).toEqual(['#2']);
      expect(await namesOf({ record: "r-'3" })).toEqual(['#3']);
      expect(await namesOf({ correlationId: 'c-1' })).toEqual(['#1']);
      expect(await namesOf({ operationId: 'o-3' })).toEqual(['#3']);
    });

    it('finds the jobs that are retried: waiting, not held, after an attempt (L-5)', async () => {
      const retrying = { status: 'Waiting', attention: true, attemptCount: 1 } as const;
      await putNth(1, retrying);
      await putNth(2, { ...retrying, attemptCount: 7 });
      await putNth(3, { ...retrying, attemptCount: 0 });
      await putNth(4, { ...retrying, held: true });
      await putNth(5, { ...retrying, status: 'Suspended' });
      await putNth(6, { attemptCount: 2, status: 'Succeeded' });
      expect(await namesOf({ retrying: true })).toEqual(['#2', '#1']);
      expect(await namesOf({ retrying: true, minAttempts: 3 })).toEqual(['#2']);
      expect(await namesOf({ retrying: true, held: true })).toEqual([]);
    });

    it('filters by attempts made, of jobs that never failed too (L-5)', async () => {
      await putNth(1);
      await putNth(2, { attemptCount: 1, status: 'Succeeded' });
      await putNth(3, { attemptCount: 2, status: 'Succeeded' });
      await putNth(4, { attemptCount: 7, status: 'Waiting', attention: true });
      expect(await namesOf({ retried: true })).toEqual(['#4', '#3']);
      expect(await namesOf({ minAttempts: 1 })).toEqual(['#4', '#3', '#2']);
      expect(await namesOf({ minAttempts: 7, retried: true })).toEqual(['#4']);
    });

    it('filters waiting jobs by when they go on (L-5)', async () => {
      const waiting = { status: 'Waiting', attention: true } as const;
      await putNth(1, { ...waiting, postponeUntil: later(acceptedAt, 10) });
      await putNth(2, { ...waiting, postponeUntil: later(acceptedAt, 20) });
      await putNth(3, { status: 'Failed', attention: true });
      expect(await namesOf({ nextBefore: later(acceptedAt, 20) })).toEqual(['#1']);
      expect(await namesOf({ nextBefore: later(acceptedAt, 21), status: 'Waiting' })).toEqual(['#2', '#1']);
      expect(await namesOf({ nextBefore: later(acceptedAt, 21), status: 'Failed' })).toEqual([]);
    });

    it('filters held jobs (L-5)', async () => {
      await putNth(1, { status: 'Waiting', attention: true });
      const held = await putNth(2, { status: 'Waiting', attention: true, held: true });
      expect(await namesOf({ held: true })).toEqual(['#2']);
      await change(held, { held: false });
      expect(await namesOf({ held: true })).toEqual([]);
    });

    it('refuses the token of a list with other criteria', async () => {
      await Promise.all([1, 2, 3].map((n) => putNth(n, { status: 'Failed', attention: true })));
      const { next = '' } = await store.list({ top: 1, status: ['Failed', 'Waiting'] });
      expect(await namesOf({ top: 1, status: ['Failed', 'Waiting'], after: next })).toEqual(['#2']);
      for (const other of [{ status: 'Failed' }, { status: ['Failed', 'Waiting'], retried: true }] as const) {
        await expect(store.list({ top: 1, ...other, after: next })).rejects.toThrow('token');
      }
    });

    it('pages through a filtered list', async () => {
      await Promise.all(
        Array.from({ length: 12 }, (_, n) => putNth(n, { endpoint: n % 3 === 0 ? 'wanted' : 'other' })),
      );
      const names: string[] = [];
      let after: string | undefined;
      do {
        const page = await store.list({
          top: 2,
          endpoint: 'wanted',
          ...(after === undefined ? {} : { after }),
        });
        names.push(...page.jobs.map((job) => job.name));
        after = page.next;
      } while (after !== undefined);
      expect(names).toEqual(['#9', '#6', '#3', '#0']);
    });

    it('finds jobs that need attention by status, as long as they do', async () => {
      const first = await putNth(1);
      await putNth(2);
      const waiting = await change(first, { status: 'Waiting', attention: true, friendlyMessage: 'later' });
      expect(await namesOf({ status: 'Waiting' })).toEqual(['#1']);
      const failed = await change(waiting, { status: 'Failed' });
      expect(await namesOf({ status: 'Waiting' })).toEqual([]);
      expect(await namesOf({ status: 'Failed' })).toEqual(['#1']);
      await change(failed, { status: 'Succeeded', attention: false });
      expect(await namesOf({ status: 'Failed' })).toEqual([]);
      expect(await namesOf({ status: 'Succeeded' })).toEqual(['#1']);
      expect(await namesOf({ status: 'WaitingForResources' })).toEqual(['#2']);
    });

    it('finds all that needs attention, jobs that wait for resources too', async () => {
      const indexed = await putNth(1);
      await putNth(2);
      await putNth(3, { status: 'Suspended', attention: true });
      await change(indexed, { attention: true });
      expect(await namesOf({ attention: true })).toEqual(['#3', '#1']);
      expect(await namesOf({ attention: true, status: 'WaitingForResources' })).toEqual(['#1']);
      expect(await namesOf({ status: 'WaitingForResources' })).toEqual(['#2', '#1']);
    });

    it('lists jobs without their attempts and actions', async () => {
      const attempts: SystemJob['attempts'] = [
        { attempt: 1, startedOn: 'x', durationMs: 1, outcome: 'retry' },
      ];
      const stored = await putNth(1);
      await change(stored, { attempts, attemptCount: 1 });
      const { jobs } = await store.list({ top: 1 });
      expect(jobs[0]).toMatchObject({ attemptCount: 1, attempts: [], actions: [] });
    });

    it('refuses a token that is none', async () => {
      await expect(store.list({ top: 1, after: 'nonsense' })).rejects.toThrow('token');
    });
  });

  describe('walks', () => {
    /** Names of all that a walk comes by, and its pages. */
    const walked = async (query: Partial<JobListQuery>, between: () => Promise<unknown> = async () => 0) => {
      const names: string[] = [];
      let pages = 0;
      let after: string | undefined;
      do {
        const page = await store.walk({ top: 2, ...query, ...(after === undefined ? {} : { after }) });
        names.push(...page.jobs.map(({ name }) => name));
        pages += 1;
        after = page.next;
        await between();
      } while (after !== undefined);
      return { names: names.sort(), pages };
    };
    const failed = { status: 'Failed', attention: true } as const;

    it('come by every job of the query once, whatever its partition, and end', async () => {
      const wanted = Array.from({ length: 40 }, (_, n) => jobWith(nth(n), { name: `#${n}`, ...failed }));
      await Promise.all(wanted.map((job) => put(job)));
      await put(jobWith(nth(50), { name: 'another status' }));
      await put(jobWith(nth(51), { name: 'another endpoint', endpoint: 'b', ...failed }));
      const { names, pages } = await walked({ status: 'Failed', endpoint: 'orders' });
      expect(names).toEqual(wanted.map(({ name }) => name).sort());
      expect(pages).toBeGreaterThanOrEqual(20);
    });

    it('miss none when those they came by are changed or deleted on the way (B-2)', async () => {
      const all = await Promise.all(
        Array.from({ length: 30 }, (_, n) => put(jobWith(nth(n), { name: `#${n}`, ...failed }))),
      );
      const left = new Map(all.map((stored) => [stored.job.name, stored]));
      const seen: string[] = [];
      let after: string | undefined;
      do {
        const page = await store.walk({
          top: 3,
          status: 'Failed',
          ...(after === undefined ? {} : { after }),
        });
        for (const [index, { name }] of page.jobs.entries()) {
          const stored = left.get(name);
          if (stored === undefined) continue;
          seen.push(name);
          if (index % 2 === 0) await store.remove(stored);
          else await change(stored, { status: 'Succeeded', attention: false });
        }
        after = page.next;
      } while (after !== undefined);
      expect(seen.sort()).toEqual(all.map(({ job }) => job.name).sort());
    });

    it('refuse a token that is none, or of other criteria', async () => {
      const { next = '' } = await store.walk({ top: 1, status: 'Failed' });
      await expect(store.walk({ top: 1, after: next })).rejects.toThrow(UnusableToken);
      const nonsense = Buffer.from('{"shard":"x"}').toString('base64url');
      await expect(store.walk({ top: 1, after: nonsense })).rejects.toThrow();
    });
  });

  describe('groups', () => {
    const scan = () => store.scanAttention(noneUnreadable);

    it('are counted from what needs attention, and nothing else (L-6)', async () => {
      expect(await scan()).toEqual({ entries: [], complete: true });
      await put(jobWith(nth(1)));
      await put(jobWith(nth(2), { status: 'Succeeded', attemptCount: 3 }));
      const progress = {
        status: 'Waiting',
        code: 'Busy',
        attemptCount: 2,
        startedOn: acceptedAt,
        modifiedOn: later(acceptedAt, 7),
      } as const;
      const waiting = await put(jobWith(nth(3), { ...progress, attention: true }));
      const late = await put(jobWith(nth(4), { attention: true }));
      const held = await put(jobWith(nth(5), { ...progress, held: true, attention: true }));
      const { entries, complete } = await scan();
      expect(complete).toBe(true);
      expect(entries).toHaveLength(3);
      expect(entries).toContainEqual({ endpoint: waiting.job.endpoint, ...progress, held: false });
      expect(entries).toContainEqual({ endpoint: held.job.endpoint, ...progress, held: true });
      expect(entries).toContainEqual({
        endpoint: late.job.endpoint,
        status: 'WaitingForResources',
        code: undefined,
        held: false,
        attemptCount: 0,
        startedOn: undefined,
        modifiedOn: acceptedAt,
      });
    });

    it('have one note each, which can be replaced and removed (L-7)', async () => {
      const note = { endpoint: 'orders', code: 'Busy', text: 'seen', by: 'me', on: acceptedAt } as const;
      const other = { ...note, endpoint: 'orders-2', text: 'other' };
      expect(await store.readNotes()).toEqual([]);
      await store.writeNote(note);
      await store.writeNote(other);
      await store.writeNote({ ...note, text: "it's mended" });
      const texts = async () => (await store.readNotes()).map(({ text }) => text).sort();
      expect(await texts()).toEqual(["it's mended", 'other']);
      await store.removeNote(note);
      await store.removeNote(note);
      expect(await store.readNotes()).toEqual([other]);
    });
  });

  describe('the sweep', () => {
    const window = {
      fromMs: operationTime.getTime() - minutes(5),
      toMs: operationTime.getTime() + minutes(5),
    };
    const afterAll = later(acceptedAt, minutes(1));

    it('remembers how far it came', async () => {
      expect(await store.readSweptUntil()).toBeUndefined();
      await store.writeSweptUntil(1764000000123);
      await store.writeSweptUntil(1764000000456);
      expect(await store.readSweptUntil()).toBe(1764000000456);
    });

    it('finds jobs that were stored and not started, by time', async () => {
      const started = await put(jobWith(nth(1)));
      await change(started, { status: 'Succeeded' });
      const lost = await put(jobWith(nth(2)));
      await put(jobWith({ ...nth(3), OperationCreatedOn: `/Date(${window.toMs + 1})/` }));
      await put(jobWith({ ...nth(4), OperationCreatedOn: `/Date(${window.fromMs - 1})/` }));
      const found = await collect(store.listUnstarted(window, afterAll, noneUnreadable));
      expect(found).toEqual([lost]);
      expect(await collect(store.listUnstarted(window, acceptedAt, noneUnreadable))).toEqual([]);
    });

    it('can update what it found', async () => {
      await put(jobWith());
      const [found] = await collect(store.listUnstarted(window, afterAll, noneUnreadable));
      if (found === undefined) throw new Error('nothing found');
      await change(found, { attention: true });
      expect(await collect(store.listUnstarted(window, afterAll, noneUnreadable))).toEqual([]);
    });

    it('finds indexed jobs that should be moving, and no others', async () => {
      const overdue = async () =>
        (await collect(store.listOverdue(afterAll, afterAll, noneUnreadable))).map((job) => job.name);
      const at = (n: number, changes: Partial<SystemJob>) =>
        put(jobWith(nth(n), { name: `#${n}`, attention: true, ...changes }));
      await at(1, { status: 'WaitingForResources' });
      await at(2, { status: 'WaitingForResources', modifiedOn: later(afterAll, 1) });
      await at(3, { status: 'Waiting', postponeUntil: later(afterAll, -1) });
      await at(4, { status: 'Waiting', postponeUntil: later(afterAll, 1) });
      await at(5, { status: 'Canceling' });
      await at(6, { status: 'Pausing' });
      await at(7, { status: 'InProgress' });
      await at(8, { status: 'Suspended' });
      await at(9, { status: 'Failed' });
      expect((await overdue()).sort()).toEqual(['#1', '#3', '#5', '#6', '#7']);
    });
  });
};
