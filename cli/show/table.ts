import Table from 'cli-table3';
import type { Paints } from './paint.ts';
import { oneLine } from './plain.ts';
import { cut, widthOf } from './width.ts';

/** A column: its title and how it gives way on a narrow terminal. */
export interface Column {
  readonly title: string;
  /** It may be cut to this width; a column without it is shown whole. */
  readonly shrinksTo?: number;
  /** Columns with a higher number are left out first; one without it stays. */
  readonly drop?: number;
  readonly paint?: (text: string) => string;
}

const gap = '  ';

const noBorders = Object.fromEntries(
  [
    ...['top', 'top-mid', 'top-left', 'top-right', 'bottom', 'bottom-mid', 'bottom-left', 'bottom-right'],
    ...['left', 'left-mid', 'mid', 'mid-mid', 'right', 'right-mid'],
  ].map((part) => [part, '']),
);

interface Sized extends Column {
  readonly width: number;
  readonly cells: readonly string[];
}

const totalOf = (columns: readonly Sized[]): number =>
  columns.reduce((sum, { width }) => sum + width, gap.length * (columns.length - 1));

const leastOf = ({ width, shrinksTo = width }: Sized): number => Math.min(width, shrinksTo);

/** Leaves out columns, the most dispensable first, until the rest can be made to fit. */
const withoutDispensable = (columns: readonly Sized[], width: number): readonly Sized[] => {
  const least = columns.map((column) => ({ ...column, width: leastOf(column) }));
  const dispensable = columns.filter(({ drop }) => drop !== undefined);
  if (totalOf(least) <= width || dispensable.length === 0) return columns;
  const [first] = dispensable.sort((one, other) => (other.drop ?? 0) - (one.drop ?? 0));
  return withoutDispensable(
    columns.filter((column) => column !== first),
    width,
  );
};

/** Takes what is too much from the widest column that can still give. */
const shrunk = (columns: readonly Sized[], width: number): readonly Sized[] => {
  const tooMuch = totalOf(columns) - width;
  const giving = columns.filter((column) => column.width > leastOf(column));
  if (tooMuch <= 0 || giving.length === 0) return columns;
  const widest = giving.reduce((one, other) => (other.width > one.width ? other : one));
  const next = Math.max(...giving.filter((each) => each !== widest).map((each) => each.width), 0);
  const target = Math.max(leastOf(widest), widest.width - tooMuch, Math.min(next, widest.width - 1));
  return shrunk(
    columns.map((column) => (column === widest ? { ...column, width: target } : column)),
    width,
  );
};

const fit = (columns: readonly Sized[], width: number | undefined): readonly Sized[] =>
  width === undefined ? columns : shrunk(withoutDispensable(columns, width), width);

/**
 * Rows under dim titles, without borders.
 *
 * @param width of the terminal; undefined when nothing shall be cut.
 */
export const table = (
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  width: number | undefined,
  paints: Paints,
): readonly string[] => {
  const sized = columns.map((column, index) => {
    const cells = rows.map((row) => oneLine(row[index] ?? ''));
    const longest = Math.max(column.title.length, ...cells.map((cell) => widthOf(cell)));
    return { ...column, cells, width: longest };
  });
  const shown = fit(sized, width);
  const drawn = new Table({
    head: shown.map(({ title, width: wide }) => paints.dim(cut(title, wide))),
    chars: { ...noBorders, middle: gap },
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  });
  for (const index of rows.keys()) {
    drawn.push(shown.map(({ cells, width: wide, paint = String }) => paint(cut(cells[index] ?? '', wide))));
  }
  return drawn
    .toString()
    .split('\n')
    .map((line) => line.trimEnd());
};

/** Name, value, and how the value is painted: never before it, so that colours are ours only. */
export type Pair = readonly [name: string, value: string, paint?: (text: string) => string];

/** Names and values below each other; pairs with an empty value are left out. */
export const pairs = (rows: readonly Pair[], paints: Paints): readonly string[] => {
  const shown = rows.filter(([, value]) => value !== '');
  const widest = Math.max(0, ...shown.map(([name]) => name.length));
  return shown.map(
    ([name, value, paint = String]) =>
      `${paints.dim(oneLine(name).padEnd(widest))}${gap}${paint(oneLine(value))}`,
  );
};
