import { describe, expect, it } from 'vitest';
import { leasePool } from '../../../shared/azure/leasePool.ts';

const rig = (close: (client: string) => Promise<void> = async () => undefined) => {
  const opened: string[] = [];
  const closed: string[] = [];
  const pool = leasePool(
    (key) => {
      const client = `${key}${opened.length + 1}`;
      opened.push(client);
      return client;
    },
    (client) => {
      closed.push(client);
      return close(client);
    },
  );
  return { pool, opened, closed };
};

describe('a pool of clients', () => {
  it('opens a client at the first lease and keeps it for its key', () => {
    const { pool, opened, closed } = rig();
    expect(opened).toEqual([]);
    pool.lease('a').release(false);
    pool.lease('a').release(false);
    const { client } = pool.lease('b');
    expect(client).toBe('b2');
    expect([opened, closed]).toEqual([['a1', 'b2'], []]);
  });

  it('lends a client to several at the same time', () => {
    const { pool } = rig();
    expect([pool.lease('a').client, pool.lease('a').client]).toEqual(['a1', 'a1']);
  });

  it('closes a broken client and opens another', () => {
    const { pool, closed } = rig();
    pool.lease('a').release(true);
    expect(closed).toEqual(['a1']);
    expect(pool.lease('a').client).toBe('a2');
  });

  it('does not close a broken client under those who still use it', () => {
    const { pool, closed } = rig();
    const [first, second, third] = [pool.lease('a'), pool.lease('a'), pool.lease('a')];
    first.release(true);
    expect(pool.lease('a').client).toBe('a2');
    second.release(true);
    expect(closed).toEqual([]);
    third.release(false);
    expect(closed).toEqual(['a1']);
  });

  it('keeps the new client when the old one breaks a second time', () => {
    const { pool, closed } = rig();
    const [first, late] = [pool.lease('a'), pool.lease('a')];
    first.release(true);
    pool.lease('a').release(false);
    late.release(true);
    expect(pool.lease('a').client).toBe('a2');
    expect(closed).toEqual(['a1']);
  });

  it('breaks no client of another key', () => {
    const { pool, closed } = rig();
    const other = pool.lease('b');
    pool.lease('a').release(true);
    other.release(false);
    expect(pool.lease('b').client).toBe('b1');
    expect(closed).toEqual(['a2']);
  });

  it.each([
    ['fails', () => Promise.reject(new Error('cannot close'))],
    ['hangs', () => new Promise<void>(() => undefined)],
  ])('does not mind a close that %s', async (_how, close) => {
    const { pool, closed } = rig(close);
    pool.lease('a').release(true);
    await Promise.resolve();
    expect(closed).toEqual(['a1']);
    expect(pool.lease('a').client).toBe('a2');
  });

  it('keeps nothing of a client that could not be opened', () => {
    let tries = 0;
    const pool = leasePool(
      () => {
        tries += 1;
        if (tries === 1) throw new Error('cannot open');
        return 'good';
      },
      async () => undefined,
    );
    expect(() => pool.lease('a')).toThrow('cannot open');
    expect(pool.lease('a').client).toBe('good');
  });
});
