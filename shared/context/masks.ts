/** What stands for a value that is not shown. */
export const maskText = '•••';

/** Columns and parameters whose values are not shown to people. */
export interface Masks {
  /** Whether there are none. */
  readonly isEmpty: boolean;
  /** @param table undefined when it is not known; then a name that is masked in any table is masked. */
  readonly hides: (table: string | undefined, column: string) => boolean;
  /** Whether a text that is not JSON (FetchXML, a paging cookie) speaks of a masked column. */
  readonly isNamedIn: (text: string) => boolean;
}

/** @param names `column`, for every table, or `table.column`; compared without regard to case. */
export const masksOf = (names: readonly string[]): Masks => {
  const whole = new Set(names.map((name) => name.toLowerCase()));
  const columns = new Set([...whole].map((name) => name.slice(name.indexOf('.') + 1)));
  return {
    isEmpty: whole.size === 0,
    hides: (table, column) => {
      const name = column.toLowerCase();
      if (table === undefined) return columns.has(name);
      return whole.has(name) || whole.has(`${table.toLowerCase()}.${name}`);
    },
    isNamedIn: (text) => {
      const folded = text.toLowerCase();
      return [...columns].some((column) => folded.includes(column));
    },
  };
};

export const noMasks: Masks = masksOf([]);
