import { dateAt } from '../json/dateAt.ts';
import { jsonText } from '../json/jsonText.ts';
import { endOf, flags, headOf, kindOf, kinds, startOf } from '../json/tape.ts';
import { parseDecimal } from '../values/decimal.ts';
import { guidAt } from '../values/guid.ts';
import { writeArray } from './arrays.ts';
import { fail, rawText, typed, type Conversion, type Place } from './conversion.ts';
import { writeHinted } from './hinted.ts';
import type { Element } from './markup.ts';
import { types } from './names.ts';
import { intAt, isShortDecimal, longOf, notInt } from './numbers.ts';
import { writeGuid } from './scalars.ts';
import type { Scope } from './scope.ts';
import { namedType } from './typeNames.ts';

/**
 * Writes a value whose type only its JSON tells, by the rules of docs/formats.md: .NET's own reading of JSON, and the
 * few improvements that are safe. The element is open; `key` is the key of the value's pair, or -1.
 */
export const writeAnyValue = (
  c: Conversion,
  element: Element,
  value: number,
  key: number,
  scope: Scope,
  place: Place,
): void => {
  const kind = kindOf(c.tape, value);
  if (kind === kinds.null) {
    c.sink.nil();
    return;
  }
  const hint = place.hints === undefined || key === -1 ? undefined : place.hints.get(jsonText(c.tape, key));
  if (hint !== undefined) {
    writeHinted(c, hint, element, value, scope);
    return;
  }
  if (kind === kinds.string) {
    writeAnyString(c, element, value, key, scope, place);
    return;
  }
  if (kind === kinds.object) {
    writeAnyObject(c, element, value, scope);
    return;
  }
  if (kind === kinds.array) {
    writeArray(c, element, value, key, scope, place);
    return;
  }
  if (kind === kinds.number) {
    writeAnyNumber(c, element, value, scope);
    return;
  }
  typed(c.sink, types.boolean, scope);
  c.sink.boolean(element, kind === kinds.true);
};

/** A number is an int, a long, a decimal or a double by its text alone, as .NET's JSON reader tells. */
export const writeAnyNumber = (c: Conversion, element: Element, node: number, scope: Scope): void => {
  const { tape, sink } = c;
  const int = intAt(tape, node);
  if (int !== notInt) {
    typed(sink, types.int, scope);
    sink.int(element, int);
    return;
  }
  if ((headOf(tape, node) & flags.fraction) !== 0 && isShortDecimal(tape, node)) {
    typed(sink, types.decimal, scope);
    sink.shortDecimal(element, tape.bytes, startOf(tape, node), endOf(tape, node));
    return;
  }
  writeLongNumber(c, element, rawText(tape, node), scope);
};

const writeLongNumber = (c: Conversion, element: Element, text: string, scope: Scope): void => {
  const long = longOf(text);
  if (long !== undefined) {
    typed(c.sink, types.long, scope);
    c.sink.long(element, long);
    return;
  }
  const decimal = parseDecimal(text);
  if (decimal === undefined || (decimal.mantissa === 0n && Number(text) !== 0)) {
    typed(c.sink, types.double, scope);
    c.sink.double(element, Number(text));
    return;
  }
  typed(c.sink, types.decimal, scope);
  c.sink.decimal(element, decimal);
};

const writeAnyString = (
  c: Conversion,
  element: Element,
  node: number,
  key: number,
  scope: Scope,
  place: Place,
): void => {
  const { tape, sink } = c;
  const date = dateAt(tape, node);
  if (date !== undefined) {
    typed(sink, types.dateTime, scope);
    sink.dateTime(element, date);
    return;
  }
  if (isPrimaryKey(c, node, key, place)) {
    typed(sink, types.guid, scope);
    writeGuid(c, element, node);
    return;
  }
  typed(sink, types.string, scope);
  sink.string(element, c.text.of(node));
};

/**
 * A guid, not a string: the primary key among the attributes of an Entity (a name ending in `id` whose value is the
 * Entity's Id), and what Create puts into OutputParameters as `id`.
 */
const isPrimaryKey = (
  { tape, tape: { bytes } }: Conversion,
  node: number,
  key: number,
  place: Place,
): boolean => {
  const start = startOf(tape, node);
  if (endOf(tape, node) - start !== 36 || key === -1) return false;
  const keyEnd = endOf(tape, key);
  if (bytes[keyEnd - 1] !== 0x64 || bytes[keyEnd - 2] !== 0x69) return false;
  if (guidAt(bytes, start, start + 36) === 'none') return false;
  if (place.in === 'outputParameters') return keyEnd - startOf(tape, key) === 2;
  return place.in === 'attributes' && place.id !== -1 && isSameText(c36(tape, node), c36(tape, place.id));
};

const c36 = (tape: Conversion['tape'], node: number): string =>
  tape.bytes.toString('latin1', startOf(tape, node), endOf(tape, node));

const isSameText = (one: string, other: string): boolean =>
  one === other || one.toLowerCase() === other.toLowerCase();

const writeAnyObject = (c: Conversion, element: Element, node: number, scope: Scope): void => {
  const type = namedType(c.tape, node);
  if (type === 'none') fail(c, 'TypeMissing', node, 'is an object whose first member is not __type');
  if (typeof type === 'string') {
    return fail(c, 'TypeUnknown', node, 'names a type (__type) that is not known here');
  }
  typed(c.sink, type.mark, scope);
  c.sink.begin();
  c.members(c, type, node, scope);
  c.sink.close(element);
};
