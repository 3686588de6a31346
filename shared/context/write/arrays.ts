import { jsonText } from '../json/jsonText.ts';
import { afterOf, isKind, kindOf, kinds, nodeSize } from '../json/tape.ts';
import { parseJsonDate, type DateTimeParts } from '../values/dateTime.ts';
import { parseDecimal } from '../values/decimal.ts';
import { contractNamed, type CompiledContract } from './compiled.ts';
import { fail, isNamed, rawText, type Conversion, type Place } from './conversion.ts';
import { writeDictionary } from './dictionary.ts';
import { eachItem } from './lists.ts';
import type { Element } from './markup.ts';
import { intAt, notInt } from './numbers.ts';
import type { Scope } from './scope.ts';
import { writeBytesValue, writeContractList, writeSimpleList, writeStringList } from './typedLists.ts';
import { namedType } from './typeNames.ts';

const relatedEntities = Buffer.from('RelatedEntities');
const optionSetValue = contractNamed('OptionSetValue') as CompiledContract;
const entityReference = contractNamed('EntityReference') as CompiledContract;

/** Which kinds of JSON values an array holds, as one bit each. */
const seenKinds = (c: Conversion, array: number): number => {
  let seen = 0;
  eachItem(c, array, (node) => {
    seen |= 1 << kindOf(c.tape, node);
  });
  return seen;
};

const bit = (kind: number): number => 1 << kind;
const only = (seen: number, ...kinds_: readonly number[]): boolean =>
  (seen & ~kinds_.reduce((bits, kind) => bits | bit(kind), 0)) === 0;

/**
 * Writes an array that stands for a value of any type. JSON never names an array's type, and .NET's own guess, a list
 * of objects, is one that no listener can read; so the items tell.
 */
export const writeArray = (
  c: Conversion,
  element: Element,
  array: number,
  key: number,
  scope: Scope,
  place: Place,
): void => {
  const seen = seenKinds(c, array);
  if (seen === 0) {
    writeEmpty(c, element, array, key, scope, place);
    return;
  }
  if (only(seen, kinds.object)) {
    writeObjects(c, element, array, scope);
    return;
  }
  if (only(seen, kinds.string, kinds.null)) {
    writeTexts(c, element, array, scope);
    return;
  }
  if (only(seen, kinds.number)) {
    writeNumbers(c, element, array, scope);
    return;
  }
  if (!only(seen, kinds.true, kinds.false)) {
    fail(c, 'MixedArray', array, 'is an array of values that are not all of one type');
  }
  const values: boolean[] = [];
  eachItem(c, array, (node) => values.push(isKind(c.tape, node, kinds.true)));
  writeSimpleList(c, element, { kind: 'boolean', values }, scope);
};

/** An empty column is a choice column, an empty `RelatedEntities` a list of references, anything else a guess. */
const writeEmpty = (
  c: Conversion,
  element: Element,
  array: number,
  key: number,
  scope: Scope,
  place: Place,
): void => {
  if (place.in === 'attributes' || place.in === 'keyAttributes') {
    writeContractList(c, element, optionSetValue, array, scope);
  } else if (key !== -1 && isNamed(c.tape, key, relatedEntities)) {
    writeContractList(c, element, entityReference, array, scope);
  } else writeStringList(c, element, array, scope);
};

const writeObjects = (c: Conversion, element: Element, array: number, scope: Scope): void => {
  const first = namedType(c.tape, array + nodeSize);
  eachItem(c, array, (node) => {
    const type = namedType(c.tape, node);
    if (type === 'none') fail(c, 'TypeMissing', node, 'is an object whose first member is not __type');
    if (type === 'unknown') fail(c, 'TypeUnknown', node, 'names a type (__type) that is not known here');
    if (type !== first) fail(c, 'MixedArray', node, 'is not of the type of the items before it');
  });
  if (first === 'pair') writeDictionary(c, element, array, scope);
  else if (typeof first !== 'string') writeContractList(c, element, first, array, scope);
};

/** Strings are dates only when every one of them is. */
const writeTexts = (c: Conversion, element: Element, array: number, scope: Scope): void => {
  const values: DateTimeParts[] = [];
  let count = 0;
  eachItem(c, array, (node) => {
    count += 1;
    if (values.length < count - 1 || !isKind(c.tape, node, kinds.string)) return;
    const date = parseJsonDate(jsonText(c.tape, node));
    if (date !== undefined) values.push(date);
  });
  if (values.length === count) writeSimpleList(c, element, { kind: 'dateTime', values }, scope);
  else writeStringList(c, element, array, scope);
};

/** Numbers that all fit a byte are taken for bytes (an image column), other whole ones for ints, the rest for decimals. */
const writeNumbers = (c: Conversion, element: Element, array: number, scope: Scope): void => {
  const ints: number[] = [];
  let smallest = 0;
  let largest = 0;
  for (let node = array + nodeSize; node < afterOf(c.tape, array); node = afterOf(c.tape, node)) {
    const value = intAt(c.tape, node);
    if (value === notInt) {
      writeDecimals(c, element, array, scope);
      return;
    }
    smallest = Math.min(smallest, value);
    largest = Math.max(largest, value);
    ints.push(value);
  }
  if (smallest === 0 && largest <= 255) writeBytesValue(c, element, Uint8Array.from(ints), scope);
  else writeSimpleList(c, element, { kind: 'int', values: ints }, scope);
};

const writeDecimals = (c: Conversion, element: Element, array: number, scope: Scope): void => {
  const values: NonNullable<ReturnType<typeof parseDecimal>>[] = [];
  eachItem(c, array, (node) => {
    const decimal = parseDecimal(rawText(c.tape, node));
    values.push(decimal ?? fail(c, 'NumberOutOfRange', node, 'is not a number that a decimal holds'));
  });
  writeSimpleList(c, element, { kind: 'decimal', values }, scope);
};
