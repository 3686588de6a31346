import { jsonText } from './json/jsonText.ts';
import { afterOf, endOf, isKind, kinds, nodeSize, startOf, type Tape } from './json/tape.ts';
import { tokenize } from './json/tokenizer.ts';
import { maskText, type Masks } from './masks.ts';

export interface MaskedContext {
  /** JSON still; byte for byte what was received but for the values that are masked. */
  readonly body: Uint8Array;
  /** `table.column` of what was masked (`column` where no table is known), sorted. */
  readonly found: readonly string[];
}

interface Cut {
  readonly node: number;
  readonly text: string;
}

/** Where in the context something stands. */
interface Place {
  /** Table of the record around it, else of the context's own record. */
  readonly table: string | undefined;
  /** Keys of the record around it by which joined columns are known that are masked. */
  readonly aliases: ReadonlySet<string>;
}

/** What one pass works with. */
interface Pass {
  readonly tape: Tape;
  readonly masks: Masks;
  readonly cuts: Cut[];
  readonly found: Set<string>;
}

type MembersOf = ReadonlyMap<string, number>;

const quoted = JSON.stringify(maskText);

const membersOf = (tape: Tape, object: number): MembersOf => {
  const members = new Map<string, number>();
  const last = afterOf(tape, object);
  for (let key = object + nodeSize; key < last; key = afterOf(tape, key + nodeSize)) {
    members.set(jsonText(tape, key), key + nodeSize);
  }
  return members;
};

const itemsOf = (tape: Tape, array: number | undefined): number[] => {
  const items: number[] = [];
  if (array === undefined || !isKind(tape, array, kinds.array)) return items;
  for (let item = array + nodeSize; item < afterOf(tape, array); item = afterOf(tape, item)) items.push(item);
  return items;
};

const textOf = (tape: Tape, node: number | undefined): string | undefined =>
  node !== undefined && isKind(tape, node, kinds.string) ? jsonText(tape, node) : undefined;

const mask = ({ cuts, found }: Pass, node: number, name: string, text = quoted): void => {
  cuts.push({ node, text });
  found.add(name);
};

const named = (table: string | undefined, column: string): string =>
  table === undefined ? column : `${table}.${column}`;

/** Name of a joined column whose value this is, if it is masked. */
const joinedName = ({ tape, masks }: Pass, members: MembersOf): string | undefined => {
  const column = textOf(tape, members.get('AttributeLogicalName'));
  const table = textOf(tape, members.get('EntityLogicalName'));
  return column !== undefined && masks.hides(table, column) ? named(table, column) : undefined;
};

/** A joined column stands under a name of its own, and so does its formatted value. */
const aliasesOf = (pass: Pass, members: MembersOf): ReadonlySet<string> => {
  const aliases = new Set<string>();
  for (const pair of itemsOf(pass.tape, members.get('Attributes'))) {
    if (!isKind(pass.tape, pair, kinds.object)) continue;
    const { key, value } = Object.fromEntries(membersOf(pass.tape, pair)) as Partial<Record<string, number>>;
    const alias = textOf(pass.tape, key);
    const isObject = value !== undefined && isKind(pass.tape, value, kinds.object);
    if (alias !== undefined && isObject && joinedName(pass, membersOf(pass.tape, value)) !== undefined) {
      aliases.add(alias);
    }
  }
  return aliases;
};

/** A record or a reference names its table, a context that of its record; a name that is null is not known. */
const placeIn = (pass: Pass, members: MembersOf, around: Place): Place => {
  const owner = members.get('LogicalName') ?? members.get('PrimaryEntityName');
  const table = owner === undefined ? around.table : textOf(pass.tape, owner);
  return { table, aliases: members.has('Attributes') ? aliasesOf(pass, members) : around.aliases };
};

/** The column that a pair is about, if it is masked; a joined one reads `alias.column`. */
const pairName = ({ masks }: Pass, key: string, { table, aliases }: Place): string | undefined => {
  if (masks.hides(table, key) || aliases.has(key)) return named(table, key);
  const column = key.slice(key.lastIndexOf('.') + 1);
  return column !== key && masks.hides(undefined, column) ? key : undefined;
};

/** Conditions of queries have values, too: of one column, or of several columns side by side. */
const maskConditions = (pass: Pass, members: MembersOf): void => {
  const { tape, masks } = pass;
  const values = members.get('Values');
  if (values === undefined || !isKind(tape, values, kinds.array)) return;
  const column = textOf(tape, members.get('AttributeName'));
  if (column !== undefined && masks.hides(undefined, column)) mask(pass, values, column, `[${quoted}]`);
  const columns = itemsOf(tape, members.get('Attributes')).map((item) => textOf(tape, item));
  itemsOf(tape, values).forEach((value, index) => {
    const name = columns[index];
    if (name !== undefined && masks.hides(undefined, name)) mask(pass, value, name);
  });
};

/** Texts in which values stand beside names of columns. */
const texts = ['Query', 'PagingCookie'] as const;

const maskTexts = (pass: Pass, members: MembersOf): void => {
  for (const name of texts) {
    const node = members.get(name);
    const text = textOf(pass.tape, node);
    if (node !== undefined && text !== undefined && pass.masks.isNamedIn(text)) mask(pass, node, name);
  }
};

/** FetchXML or JSON in the value of a pair. */
const isQueryText = ({ tape, masks }: Pass, value: number): boolean => {
  const text = textOf(tape, value);
  return text !== undefined && /[<{]/.test(text) && masks.isNamedIn(text);
};

const visitObject = (pass: Pass, object: number, around: Place): void => {
  const members = membersOf(pass.tape, object);
  const place = placeIn(pass, members, around);
  const value = members.get('value');
  const key = textOf(pass.tape, members.get('key'));
  if (key !== undefined && value !== undefined) {
    const pair = pairName(pass, key, place) ?? (isQueryText(pass, value) ? key : undefined);
    if (pair !== undefined) {
      mask(pass, value, pair);
      return;
    }
  }
  const joined = joinedName(pass, members);
  const joinedValue = members.get('Value');
  if (joined !== undefined && joinedValue !== undefined) {
    mask(pass, joinedValue, joined);
    return;
  }
  maskConditions(pass, members);
  maskTexts(pass, members);
  for (const member of members.values()) visit(pass, member, place);
};

const visit = (pass: Pass, node: number, place: Place): void => {
  if (isKind(pass.tape, node, kinds.object)) visitObject(pass, node, place);
  else for (const item of itemsOf(pass.tape, node)) visit(pass, item, place);
};

/** A later cut inside an earlier one goes with it. */
const replaced = (tape: Tape, cuts: readonly Cut[]): Uint8Array => {
  const parts: Uint8Array[] = [];
  let from = 0;
  for (const { node, text } of [...cuts].sort((one, other) => one.node - other.node)) {
    const quote = isKind(tape, node, kinds.string) ? 1 : 0;
    const start = startOf(tape, node) - quote;
    if (start < from) continue;
    parts.push(tape.bytes.subarray(from, start), Buffer.from(text));
    from = endOf(tape, node) + quote;
  }
  return new Uint8Array(Buffer.concat([...parts, tape.bytes.subarray(from)]));
};

/**
 * A context as it may be shown: the values of masked columns and parameters are `"•••"`, wherever they stand (attributes,
 * formatted values and keys of records at every level, joined columns, parameters, conditions of queries).
 *
 * @throws ContextError when the body is not JSON that every reader reads alike; it cannot be masked then.
 */
export const maskContext = (body: Uint8Array, masks: Masks): MaskedContext => {
  if (masks.isEmpty) return { body, found: [] };
  const pass: Pass = { tape: tokenize(body), masks, cuts: [], found: new Set() };
  visit(pass, 0, { table: undefined, aliases: new Set() });
  return { body: replaced(pass.tape, pass.cuts), found: [...pass.found].sort() };
};
