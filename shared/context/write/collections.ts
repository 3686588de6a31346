import { afterOf, isKind, kinds, nodeSize, type Tape } from '../json/tape.ts';
import {
  entityCollectionContract,
  entityContract,
  relationshipContract,
  type CompiledMember,
  type CompiledContract,
} from './compiled.ts';
import { fail, isAbsent, isNamed, prefixed, valueNamed, type Conversion, type Place } from './conversion.ts';
import type { Element } from './markup.ts';
import { elements, namespaces } from './names.ts';
import { checkPairKeys } from './pairKeys.ts';
import { writeString } from './scalars.ts';
import type { Scope } from './scope.ts';

const keyName = Buffer.from('key');
const valueName = Buffer.from('value');

const pairElements: Partial<Record<CompiledMember['type'], readonly Element[]>> = {
  formattedValues: elements.textPair,
  images: elements.imagePair,
  relatedEntities: elements.relatedPair,
};

/** The elements of one collection's pairs under the prefixes that hold there. */
interface PairMarkup {
  readonly item: Element;
  readonly key: Element;
  readonly value: Element;
}

const markupOf = (type: CompiledMember['type'], scope: Scope): PairMarkup => ({
  item:
    type === 'keyAttributes'
      ? prefixed(elements.pair, namespaces.keys, scope)
      : ((pairElements[type] ?? elements.pair)[0] as Element),
  key: prefixed(elements.key, namespaces.collections, scope),
  value: prefixed(elements.value, namespaces.collections, scope),
});

/** Writes the pairs of a collection that is begun. `placeOf` is asked once, and only where values are of any type. */
export const writePairs = (
  c: Conversion,
  type: CompiledMember['type'],
  array: number,
  scope: Scope,
  placeOf: () => Place,
): void => {
  const { tape, sink } = c;
  const markup = markupOf(type, scope);
  const place = pairElements[type] === undefined ? placeOf() : undefined;
  const last = afterOf(tape, array);
  if (type !== 'relatedEntities') checkPairKeys(c, array, keyOfPair);
  for (let pair = array + nodeSize; pair < last; pair = afterOf(tape, pair)) {
    if (!isKind(tape, pair, kinds.object)) fail(c, 'WrongKind', pair, 'is not a pair of key and value');
    const key = keyOfPair(tape, pair);
    if (isAbsent(tape, key)) fail(c, 'ValueInvalid', pair, 'is a pair without a key');
    sink.open(markup.item);
    sink.begin();
    sink.open(markup.key);
    writeKey(c, type, markup, key, scope);
    writeValue(c, type, markup, valueOfPair(tape, pair), key, scope, place);
    sink.close(markup.item);
  }
};

/** The value of a pair's `key`; -1 when it is missing or this is no pair. */
export const keyOfPair = (tape: Tape, pair: number): number => partOf(tape, pair, keyName);

/** The value of a pair's `value`; -1 when it is missing. */
export const valueOfPair = (tape: Tape, pair: number): number => {
  const key = pair + nodeSize;
  const second = afterOf(tape, key + nodeSize);
  // Almost always `key` comes first and `value` second.
  if (second < afterOf(tape, pair) && isNamed(tape, second, valueName)) return second + nodeSize;
  return partOf(tape, pair, valueName);
};

const partOf = (tape: Tape, pair: number, name: Uint8Array): number => {
  if (!isKind(tape, pair, kinds.object)) return -1;
  const first = pair + nodeSize;
  if (first < afterOf(tape, pair) && isNamed(tape, first, name)) return first + nodeSize;
  return valueNamed(tape, pair, name);
};

const writeKey = (
  c: Conversion,
  type: CompiledMember['type'],
  markup: PairMarkup,
  key: number,
  scope: Scope,
): void => {
  if (type === 'relatedEntities') writeContract(c, relationshipContract, markup.key, key, scope);
  else writeString(c, markup.key, key);
};

const writeValue = (
  c: Conversion,
  type: CompiledMember['type'],
  markup: PairMarkup,
  value: number,
  key: number,
  scope: Scope,
  place: Place | undefined,
): void => {
  c.sink.open(markup.value);
  if (isAbsent(c.tape, value)) c.sink.nil();
  else if (place !== undefined) c.anyValue(c, markup.value, value, key, scope, place);
  else if (type === 'formattedValues') writeString(c, markup.value, value);
  else if (type === 'images') writeContract(c, entityContract, markup.value, value, scope);
  else writeContract(c, entityCollectionContract, markup.value, value, scope);
};

const writeContract = (
  c: Conversion,
  contract: CompiledContract,
  element: Element,
  node: number,
  scope: Scope,
): void => {
  c.sink.begin();
  c.members(c, contract, node, scope);
  c.sink.close(element);
};
