import { describe, expect, it } from 'vitest';
import { readViews, viewOf, withoutView, withView, writeViews } from '../../../web/model/savedViews.ts';

describe('filters that a person gave a name', () => {
  const mine = { name: 'Mine', filter: { endpoint: 'orders', status: 'Failed' } };
  const late = { name: 'Late & "slow"', filter: { minAttempts: '5' } };

  it('are kept as they are, by name', () => {
    const views = withView(withView([], mine), late);
    expect(views).toEqual([late, mine]);
    expect(readViews(writeViews(views))).toEqual([late, { ...mine, filter: mine.filter }]);
    expect(readViews(null)).toEqual([]);
  });

  it('replace those of the same name, and are removed by it', () => {
    const changed = { name: 'Mine', filter: { status: 'Failed' } };
    expect(withView([late, mine], changed)).toEqual([late, changed]);
    expect(withoutView([late, mine], 'Mine')).toEqual([late]);
  });

  it('are known again by their filter, whatever the order of its terms', () => {
    expect(viewOf([late, mine], { status: 'Failed', endpoint: 'orders' })).toBe(mine);
    expect(viewOf([late, mine], { status: 'Failed' })).toBeUndefined();
  });

  it.each(['{', '{"name":"x"}', 'null', '7'])('are none when what is kept is damaged: %s', (kept) => {
    expect(readViews(kept)).toEqual([]);
  });

  it('leave out what is damaged among them, and filters that there are not', () => {
    const kept = [
      null,
      { name: 'no query' },
      { name: '', query: '' },
      { name: 'old', query: 'colour=red&status=Failed' },
    ];
    expect(readViews(JSON.stringify(kept))).toEqual([{ name: 'old', filter: { status: 'Failed' } }]);
  });
});
