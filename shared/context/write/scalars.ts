import { flags, headOf, isKind, kindOf, kinds, startOf, endOf } from '../json/tape.ts';
import { dateAt } from '../json/dateAt.ts';
import { jsonText } from '../json/jsonText.ts';
import { parseXmlDate } from '../values/dateTime.ts';
import { parseDecimal } from '../values/decimal.ts';
import { guidAt, parseGuid } from '../values/guid.ts';
import type { CompiledMember } from './compiled.ts';
import { fail, rawText, type Conversion } from './conversion.ts';
import type { Element } from './markup.ts';
import { intAt, isShortDecimal, notInt } from './numbers.ts';

/** Writes the value of a member whose type the contract gives. */
export const writeScalar = (c: Conversion, { type, element, names }: CompiledMember, node: number): void => {
  switch (type) {
    case 'string': {
      writeString(c, element, node);
      return;
    }
    case 'int':
    case 'int?': {
      c.sink.int(element, intValue(c, node));
      return;
    }
    case 'boolean':
    case 'boolean?': {
      c.sink.boolean(element, booleanValue(c, node));
      return;
    }
    case 'guid':
    case 'guid?': {
      writeGuid(c, element, node);
      return;
    }
    case 'dateTime': {
      writeDate(c, element, node);
      return;
    }
    case 'decimal': {
      writeDecimal(c, element, node);
      return;
    }
    case 'enum':
    case 'enum?': {
      writeEnum(c, element, names, node);
      return;
    }
    default:
      return fail(c, 'WrongKind', node, 'has no simple type');
  }
};

/** A string, or nil. Numbers and words are taken as their text, as .NET reads them. */
export const writeString = (c: Conversion, element: Element, node: number): void => {
  const kind = kindOf(c.tape, node);
  if (kind === kinds.null) {
    c.sink.nil();
    return;
  }
  if (kind >= kinds.object) fail(c, 'WrongKind', node, 'is not a string');
  c.sink.string(element, c.text.of(node));
};

export const intValue = (c: Conversion, node: number): number => {
  if (!isKind(c.tape, node, kinds.number)) fail(c, 'WrongKind', node, 'is not a number');
  const value = intAt(c.tape, node);
  return value === notInt ? fail(c, 'NumberOutOfRange', node, 'is not a whole number of 32 bits') : value;
};

export const booleanValue = (c: Conversion, node: number): boolean => {
  const kind = kindOf(c.tape, node);
  if (kind !== kinds.true && kind !== kinds.false) fail(c, 'WrongKind', node, 'is not true or false');
  return kind === kinds.true;
};

export const writeGuid = (c: Conversion, element: Element, node: number): void => {
  const { tape } = c;
  const start = startOf(tape, node);
  const end = endOf(tape, node);
  if (isKind(tape, node, kinds.string) && guidAt(tape.bytes, start, end) === 'lower') {
    c.sink.plain(element, tape.bytes, start, end);
    return;
  }
  const guid = isKind(tape, node, kinds.string) ? parseGuid(jsonText(tape, node)) : undefined;
  c.sink.name(element, guid ?? fail(c, 'ValueInvalid', node, 'is not a guid'));
};

/** OperationCreatedOn. ISO 8601 is taken too, since tools that log contexts rewrite dates so. */
const writeDate = (c: Conversion, element: Element, node: number): void => {
  const isString = isKind(c.tape, node, kinds.string);
  const date = isString ? (dateAt(c.tape, node) ?? parseXmlDate(jsonText(c.tape, node))) : undefined;
  c.sink.dateTime(element, date ?? fail(c, 'ValueInvalid', node, 'is not a date of years 1 to 9999'));
};

/** A decimal member takes any number text, and the same text in quotes. */
export const writeDecimal = (c: Conversion, element: Element, node: number): void => {
  const { tape } = c;
  const kind = headOf(tape, node) & (7 | flags.escaped);
  if (kind !== kinds.number && kind !== kinds.string) fail(c, 'WrongKind', node, 'is not a number');
  if (isShortDecimal(tape, node)) {
    c.sink.shortDecimal(element, tape.bytes, startOf(tape, node), endOf(tape, node));
    return;
  }
  const decimal = parseDecimal(rawText(tape, node));
  c.sink.decimal(
    element,
    decimal ?? fail(c, 'NumberOutOfRange', node, 'is not a number that a decimal holds'),
  );
};

export const writeEnum = (c: Conversion, element: Element, names: readonly string[], node: number): void => {
  const value = intValue(c, node);
  c.sink.name(
    element,
    names[value] ?? fail(c, 'EnumUnknown', node, `is ${value}, which has no name that we know`),
  );
};
