import { describe, expect, it } from 'vitest';
import {
  columnMoved,
  columnNames,
  columnToggled,
  isUsual,
  readColumns,
  usualColumns,
  writeColumns,
  type Columns,
} from '../../../web/model/columns.ts';

describe('the columns that a person chose', () => {
  const some: Columns = ['duration', 'name', 'error'];

  it('are the usual ones until there is a choice', () => {
    expect(readColumns(null)).toEqual(usualColumns);
    expect(readColumns('')).toEqual(usualColumns);
    expect(isUsual(readColumns(null))).toBe(true);
    expect(isUsual(some)).toBe(false);
  });

  it.each([some, usualColumns, columnNames])('are kept as they are: %j', (...columns) => {
    expect(readColumns(writeColumns(columns))).toEqual(columns);
  });

  it('are known ones, each once, with the name, whatever another version has kept', () => {
    expect(readColumns('duration,colour,duration,error')).toEqual(['name', 'duration', 'error']);
    expect(readColumns('<b>')).toEqual(usualColumns);
  });

  it('come last when they are shown, and go but for the name', () => {
    expect(columnToggled(some, 'status')).toEqual([...some, 'status']);
    expect(columnToggled(some, 'duration')).toEqual(['name', 'error']);
    expect(columnToggled(some, 'name')).toEqual(some);
  });

  it('move by one place, not over the ends', () => {
    expect(columnMoved(some, 'error', -1)).toEqual(['duration', 'error', 'name']);
    expect(columnMoved(some, 'duration', 1)).toEqual(['name', 'duration', 'error']);
    expect(columnMoved(some, 'duration', -1)).toBe(some);
    expect(columnMoved(some, 'error', 1)).toBe(some);
    expect(columnMoved(some, 'status', 1)).toBe(some);
  });
});
