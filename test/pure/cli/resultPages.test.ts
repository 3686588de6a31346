import { describe, expect, it } from 'vitest';
import { readResultPages } from '../../../cli/commands/resultPages.ts';
import type { Session } from '../../../cli/session.ts';

/** An app that has this many results, and what was asked of it. */
const appWith = (count: number) => {
  const tops: number[] = [];
  const api: Session['api'] = async ({ query }) => {
    const from = Number(query?.['after'] ?? 0);
    const top = Number(query?.['top'] ?? 100);
    tops.push(top);
    const end = Math.min(count, from + top);
    const results = Array.from({ length: end - from }, (_, index) => ({ jobId: String(from + index) }));
    return {
      status: 200,
      headers: new Headers(),
      bytes: new Uint8Array(),
      json: { results, next: end < count ? String(end) : null },
    };
  };
  return { api, tops };
};

describe('results of an operation', () => {
  it.each([
    [50, [50], 50, true],
    [2500, [1000, 1000, 500], 2500, true],
    [5000, [1000, 1000, 1000], 3000, false],
  ])('up to %i are asked for in as few pages as the API allows', async (limit, tops, count, isMore) => {
    const app = appWith(3000);
    const pages = await readResultPages(app, '/operations/id/results', limit);
    expect(pages.results).toHaveLength(count);
    expect(pages.isMore).toBe(isMore);
    expect(app.tops).toEqual(tops);
  });
});
