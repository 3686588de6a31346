import { jsonText } from '../json/jsonText.ts';
import { isKind, kindOf, kinds } from '../json/tape.ts';
import { enums } from '../contracts/enums.ts';
import { parseJsonDate, parseXmlDate, type DateTimeParts } from '../values/dateTime.ts';
import { parseDecimal, type Decimal } from '../values/decimal.ts';
import { parseGuid } from '../values/guid.ts';
import { contractNamed, type CompiledContract } from './compiled.ts';
import { fail, rawText, typed, type Conversion } from './conversion.ts';
import { eachItem } from './lists.ts';
import type { HintType } from './hints.ts';
import type { Element } from './markup.ts';
import { types } from './names.ts';
import { intAt, longOf, notInt } from './numbers.ts';
import { writeDecimal, writeEnum, writeString } from './scalars.ts';
import type { Scope } from './scope.ts';
import {
  writeBytesValue,
  writeContractList,
  writeGuidList,
  writeSimpleList,
  writeStringList,
} from './typedLists.ts';

const money = contractNamed('Money') as CompiledContract;
const listContracts = {
  'optionSetValue[]': contractNamed('OptionSetValue') as CompiledContract,
  'entityReference[]': contractNamed('EntityReference') as CompiledContract,
  'entity[]': contractNamed('Entity') as CompiledContract,
};

/** The value of a node as one type, or an error that the hint does not fit. */
const mismatch = (c: Conversion, node: number, hint: HintType): never =>
  fail(c, 'HintMismatch', node, `is not what its hint says (${hint})`);

const ofKind = (c: Conversion, node: number, kind: number, hint: HintType): number =>
  isKind(c.tape, node, kind) ? node : mismatch(c, node, hint);

const numberText = (c: Conversion, node: number, hint: HintType): string =>
  rawText(c.tape, ofKind(c, node, kinds.number, hint));

const intOf = (c: Conversion, node: number, hint: HintType): number => {
  const value = intAt(c.tape, node);
  return value === notInt ? mismatch(c, node, hint) : value;
};

const longValue = (c: Conversion, node: number, hint: HintType): bigint =>
  longOf(numberText(c, node, hint)) ?? mismatch(c, node, hint);

const decimalOf = (c: Conversion, node: number, hint: HintType): Decimal =>
  parseDecimal(numberText(c, node, hint)) ?? mismatch(c, node, hint);

const doubleOf = (c: Conversion, node: number, hint: HintType): number => Number(numberText(c, node, hint));

const textOf = (c: Conversion, node: number, hint: HintType): string =>
  jsonText(c.tape, ofKind(c, node, kinds.string, hint));

const guidOf = (c: Conversion, node: number, hint: HintType): string =>
  parseGuid(textOf(c, node, hint)) ?? mismatch(c, node, hint);

const dateOf = (c: Conversion, node: number, hint: HintType): DateTimeParts => {
  const text = textOf(c, node, hint);
  return parseJsonDate(text) ?? parseXmlDate(text) ?? mismatch(c, node, hint);
};

const booleanOf = (c: Conversion, node: number, hint: HintType): boolean => {
  const kind = kindOf(c.tape, node);
  return kind === kinds.true || kind === kinds.false ? kind === kinds.true : mismatch(c, node, hint);
};

const byteOf = (c: Conversion, node: number, hint: HintType): number => {
  const value = intOf(c, node, hint);
  return value >= 0 && value <= 255 ? value : mismatch(c, node, hint);
};

const allOf = <Value>(
  c: Conversion,
  array: number,
  hint: HintType,
  one: (c: Conversion, node: number, hint: HintType) => Value,
): Value[] => {
  const values: Value[] = [];
  eachItem(c, ofKind(c, array, kinds.array, hint), (node) => values.push(one(c, node, hint)));
  return values;
};

/** Writes a value, which is not null, as the type of its hint. Throws `HintMismatch` where the value cannot be one. */
export const writeHinted = (
  c: Conversion,
  hint: HintType,
  element: Element,
  node: number,
  scope: Scope,
): void => {
  if (hint.endsWith('[]') || hint === 'bytes') writeHintedList(c, hint, element, node, scope);
  else writeHintedValue(c, hint, element, node, scope);
};

const writeHintedValue = (
  c: Conversion,
  hint: HintType,
  element: Element,
  node: number,
  scope: Scope,
): void => {
  const { sink } = c;
  const as = (type: keyof typeof types): Scope => typed(sink, types[type], scope);
  if (hint === 'string') {
    as('string');
    writeString(c, element, ofKind(c, node, kinds.string, hint));
  } else if (hint === 'boolean') {
    as('boolean');
    sink.boolean(element, booleanOf(c, node, hint));
  } else if (hint === 'int') {
    as('int');
    sink.int(element, intOf(c, node, hint));
  } else if (hint === 'long') {
    as('long');
    sink.long(element, longValue(c, node, hint));
  } else if (hint === 'decimal') {
    as('decimal');
    sink.decimal(element, decimalOf(c, node, hint));
  } else if (hint === 'double' || hint === 'float') {
    as('double');
    sink.double(element, doubleOf(c, node, hint));
  } else if (hint === 'guid') {
    as('guid');
    sink.name(element, guidOf(c, node, hint));
  } else if (hint === 'dateTime') {
    as('dateTime');
    sink.dateTime(element, dateOf(c, node, hint));
  } else if (hint === 'concurrencyBehavior') {
    as('concurrencyBehavior');
    writeEnum(c, element, enums.ConcurrencyBehavior.names, node);
  } else writeMoney(c, element, node, scope);
};

/** A bare number as a Money; one that is a Money already stays what it is. */
const writeMoney = (c: Conversion, element: Element, node: number, scope: Scope): void => {
  typed(c.sink, money.mark, scope);
  c.sink.begin();
  const value = money.members[0]?.element;
  if (isKind(c.tape, node, kinds.object)) c.members(c, money, node, scope);
  else if (value !== undefined) {
    c.sink.open(value);
    writeDecimal(c, value, ofKind(c, node, kinds.number, 'money'));
  }
  c.sink.close(element);
};

const writeHintedList = (
  c: Conversion,
  hint: HintType,
  element: Element,
  node: number,
  scope: Scope,
): void => {
  ofKind(c, node, kinds.array, hint);
  const list = (array: Parameters<typeof writeSimpleList>[2]): void =>
    writeSimpleList(c, element, array, scope);
  if (hint === 'bytes') writeBytesValue(c, element, Uint8Array.from(allOf(c, node, hint, byteOf)), scope);
  else if (hint === 'string[]') writeStringList(c, element, node, scope);
  else if (hint === 'guid[]') writeGuidList(c, element, allOf(c, node, hint, guidOf), scope);
  else if (hint === 'boolean[]') list({ kind: 'boolean', values: allOf(c, node, hint, booleanOf) });
  else if (hint === 'int[]') list({ kind: 'int', values: allOf(c, node, hint, intOf) });
  else if (hint === 'long[]') list({ kind: 'long', values: allOf(c, node, hint, longValue) });
  else if (hint === 'decimal[]') list({ kind: 'decimal', values: allOf(c, node, hint, decimalOf) });
  else if (hint === 'double[]') list({ kind: 'double', values: allOf(c, node, hint, doubleOf) });
  else if (hint === 'dateTime[]') list({ kind: 'dateTime', values: allOf(c, node, hint, dateOf) });
  else if (hint === 'optionSetValue[]' || hint === 'entityReference[]' || hint === 'entity[]') {
    writeContractList(c, element, listContracts[hint], node, scope);
  }
};
