/**
 * Types that a hint can give a value which JSON cannot tell. `float` is Dataverse's name for a double; `money` makes a
 * bare number a Money; names ending in `[]` are arrays.
 */
export const hintTypes = [
  'string',
  'boolean',
  'int',
  'long',
  'decimal',
  'double',
  'float',
  'money',
  'guid',
  'dateTime',
  'bytes',
  'concurrencyBehavior',
  'string[]',
  'boolean[]',
  'int[]',
  'long[]',
  'decimal[]',
  'double[]',
  'guid[]',
  'dateTime[]',
  'optionSetValue[]',
  'entityReference[]',
  'entity[]',
] as const;

export type HintType = (typeof hintTypes)[number];

/**
 * `"table.column"` to type, for attributes of that table; `"Message.Parameter"` to type, for input, output and shared
 * parameters of that message. `*` stands for every table and every message: `"*.sitecollectionid": "guid"`.
 */
export type HintsMap = Readonly<Record<string, HintType>>;

export type ColumnHints = ReadonlyMap<string, HintType>;

/** The hints by table or message. */
export type Hints = ReadonlyMap<string, ColumnHints>;

const every = '*';

/** Makes a map of hints quick to ask; undefined when there are none. Throws a TypeError that names each faulty entry. */
export const compileHints = (map: HintsMap): Hints | undefined => {
  const faulty = Object.entries(map).filter(
    ([name, type]) => !/^[^.]+\.[^.]+$/.test(name) || !hintTypes.includes(type),
  );
  if (faulty.length > 0) {
    const named = faulty.map(([name, type]) => `"${name}": "${type}"`).join(', ');
    throw new TypeError(`Hints are "table.column" to a type; these are not: ${named}`);
  }
  const hints = new Map<string, Map<string, HintType>>();
  for (const [name, type] of Object.entries(map)) {
    const [table = '', column = ''] = name.split('.');
    hints.set(table, (hints.get(table) ?? new Map<string, HintType>()).set(column, type));
  }
  return hints.size === 0 ? undefined : withEvery(hints);
};

/** Tables with hints of their own take the general ones too, their own first. */
const withEvery = (hints: Map<string, Map<string, HintType>>): Hints => {
  const general = hints.get(every);
  if (general === undefined) return hints;
  for (const [table, own] of hints) hints.set(table, new Map([...general, ...own]));
  return hints;
};

export const hintsOf = (hints: Hints | undefined, table: string | undefined): ColumnHints | undefined => {
  if (hints === undefined) return undefined;
  return (table === undefined ? undefined : hints.get(table)) ?? hints.get(every);
};
