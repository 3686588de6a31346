import { exactNumber } from './exactJson.ts';

/** An execution context as parsed JSON; anything may be in it. */
type Json = unknown;

type JsonObject = Readonly<Record<string, Json>>;

/** A column of the record, before, as posted, and after. Undefined: not there. */
export interface ColumnRow {
  readonly column: string;
  readonly before: Json;
  readonly target: Json;
  readonly after: Json;
  readonly change: ColumnChange;
}

/** `changed`: another value than before. `set`: the operation set it, and what it was before is not known. */
export type ColumnChange = 'changed' | 'set' | 'same';

/** A pair of images that a step gives one name, or the target alone. */
export interface ColumnTable {
  readonly title: string;
  readonly rows: readonly ColumnRow[];
  readonly hasBefore: boolean;
  readonly hasTarget: boolean;
  readonly hasAfter: boolean;
}

const isObject = (value: Json): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Collections of a context are lists of key and value. */
const entriesOf = (collection: Json): readonly (readonly [string, Json])[] =>
  Array.isArray(collection)
    ? collection
        .filter(isObject)
        .map((entry) => [typeof entry['key'] === 'string' ? entry['key'] : '', entry['value']] as const)
    : [];

const columnsOf = (entity: Json): ReadonlyMap<string, Json> =>
  new Map(isObject(entity) ? entriesOf(entity['Attributes']) : []);

const same = (a: Json, b: Json): boolean => JSON.stringify(a) === JSON.stringify(b);

const changeOf = (
  column: string,
  before: ReadonlyMap<string, Json>,
  target: ReadonlyMap<string, Json>,
  after: ReadonlyMap<string, Json>,
): ColumnChange => {
  const now = after.has(column) ? after : target;
  if (!now.has(column)) return 'same';
  if (before.has(column)) return same(before.get(column), now.get(column)) ? 'same' : 'changed';
  return target.has(column) ? 'set' : 'same';
};

const rowOf = (
  column: string,
  before: ReadonlyMap<string, Json>,
  target: ReadonlyMap<string, Json>,
  after: ReadonlyMap<string, Json>,
): ColumnRow => ({
  column,
  before: before.get(column),
  target: target.get(column),
  after: after.get(column),
  change: changeOf(column, before, target, after),
});

const order: readonly ColumnChange[] = ['changed', 'set', 'same'];

const changedFirst = (a: ColumnRow, b: ColumnRow): number =>
  order.indexOf(a.change) - order.indexOf(b.change) || a.column.localeCompare(b.column);

const tableOf = (title: string, beforeEntity: Json, targetEntity: Json, afterEntity: Json): ColumnTable => {
  const [before, target, after] = [columnsOf(beforeEntity), columnsOf(targetEntity), columnsOf(afterEntity)];
  const names = new Set([...target.keys(), ...before.keys(), ...after.keys()]);
  return {
    title,
    rows: [...names].map((column) => rowOf(column, before, target, after)).sort(changedFirst),
    hasBefore: beforeEntity !== undefined,
    hasTarget: targetEntity !== undefined,
    hasAfter: afterEntity !== undefined,
  };
};

interface Pair {
  readonly title: string;
  readonly before: Json;
  readonly after: Json;
}

/** Images of one name belong together; those left over are paired in their order, since a step may name them differently. */
const pairsOf = (pre: ReadonlyMap<string, Json>, post: ReadonlyMap<string, Json>): readonly Pair[] => {
  const shared = [...pre.keys()].filter((name) => post.has(name));
  const alone = (images: ReadonlyMap<string, Json>) =>
    [...images.keys()].filter((name) => !shared.includes(name));
  const [onlyPre, onlyPost] = [alone(pre), alone(post)];
  const rest = Array.from({ length: Math.max(onlyPre.length, onlyPost.length) }, (_, index) => {
    const names = [onlyPre[index], onlyPost[index]];
    return {
      title: names.filter((name) => name !== undefined).join(' / '),
      before: pre.get(names[0] ?? ''),
      after: post.get(names[1] ?? ''),
    };
  });
  return [...shared.map((title) => ({ title, before: pre.get(title), after: post.get(title) })), ...rest];
};

/** The record of a context in columns: one table for each pair of images, or one of the target when there are none. */
export const columnTables = (context: Json): readonly ColumnTable[] => {
  if (!isObject(context)) return [];
  const target = new Map(entriesOf(context['InputParameters'])).get('Target');
  const posted = isObject(target) && Array.isArray(target['Attributes']) ? target : undefined;
  const pairs = pairsOf(
    new Map(entriesOf(context['PreEntityImages'])),
    new Map(entriesOf(context['PostEntityImages'])),
  );
  if (pairs.length > 0) {
    return pairs.map(({ title, before, after }) => tableOf(title, before, posted, after));
  }
  return posted === undefined ? [] : [tableOf('Target', undefined, posted, undefined)];
};

/** A value of a column in one line: what it says, without the wrapping of its type. */
export const valueText = (value: Json): string => {
  if (value === undefined) return '';
  if (value === null) return 'null';
  if (typeof value === 'string') return dateText(value) ?? value;
  if (typeof value !== 'object') return JSON.stringify(value);
  return exactNumber(value) ?? wrappedText(value) ?? JSON.stringify(value);
};

/** EntityReference, OptionSetValue and Money, as DataContractJsonSerializer writes them. */
const wrappedText = (value: object): string | undefined => {
  const { LogicalName, Id, Name, Value } = value as Partial<
    Record<'LogicalName' | 'Id' | 'Name' | 'Value', unknown>
  >;
  if (typeof LogicalName === 'string' && typeof Id === 'string') {
    return typeof Name === 'string' && Name !== ''
      ? `${Name} (${LogicalName} ${Id})`
      : `${LogicalName} ${Id}`;
  }
  const type = (value as { __type?: unknown }).__type;
  const isWrapped = typeof type === 'string' && /^(OptionSetValue|Money):/.test(type);
  if (!isWrapped) return undefined;
  return typeof Value === 'number' ? String(Value) : exactNumber(Value);
};

const dataverseDate = /^\/Date\((-?\d{1,15})([+-]\d{4})?\)\/$/;

/** `/Date(1764000000000)/` as a time that people can read; undefined when it is none. */
const dateText = (text: string): string | undefined => {
  const date = new Date(Number(dataverseDate.exec(text)?.[1] ?? Number.NaN));
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
};
