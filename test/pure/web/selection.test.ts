import { describe, expect, it } from 'vitest';
import {
  allShownToggled,
  everything,
  extended,
  isSelected,
  nothingSelected,
  toggled,
  type Selection,
} from '../../../web/model/selection.ts';

const order = ['a', 'b', 'c', 'd', 'e'];
const idsOf = ({ ids }: Selection): string[] => [...ids].sort();

describe('a selection', () => {
  it('takes a row in, and lets it go', () => {
    const one = toggled(nothingSelected, 'b', order);
    expect(idsOf(one)).toEqual(['b']);
    expect(idsOf(toggled(one, 'b', order))).toEqual([]);
  });

  it.each([
    ['d', ['b', 'c', 'd']],
    ['a', ['a', 'b']],
    ['b', ['b']],
  ])('reaches from the row touched last to %s with Shift', (id, ids) => {
    expect(idsOf(extended(toggled(nothingSelected, 'b', order), id, order))).toEqual(ids);
  });

  it('begins with one row when Shift has no row to begin from', () => {
    expect(idsOf(extended(nothingSelected, 'c', order))).toEqual(['c']);
  });

  it('takes only the row when the row touched last is gone', () => {
    expect(idsOf(extended({ ...toggled(nothingSelected, 'x', order) }, 'c', order))).toEqual(['c', 'x']);
  });

  it('takes all rows that are shown, or none when it has them all', () => {
    const all = allShownToggled(toggled(nothingSelected, 'b', order), order);
    expect(idsOf(all)).toEqual(order);
    expect(allShownToggled(all, order)).toEqual(nothingSelected);
  });

  it('of everything has rows that are not shown, too, until one is let go', () => {
    const all = everything(order);
    expect(isSelected(all, 'not shown')).toBe(true);
    const fewer = toggled(all, 'c', order);
    expect(fewer.all).toBe(false);
    expect(idsOf(fewer)).toEqual(['a', 'b', 'd', 'e']);
  });
});
