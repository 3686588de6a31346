import { isAbsent, prefixed, typed, type Conversion } from './conversion.ts';
import { keyOfPair, valueOfPair } from './collections.ts';
import { fail } from './conversion.ts';
import { eachItem } from './lists.ts';
import type { Element } from './markup.ts';
import { elements, namespaces, types } from './names.ts';
import { checkPairKeys } from './pairKeys.ts';
import { writeString } from './scalars.ts';
import type { Scope } from './scope.ts';

/** A dictionary of strings (`ChangedEntityTypes` in SharedVariables), whose pairs name a type in JSON. */
export const writeDictionary = (c: Conversion, element: Element, array: number, scope: Scope): void => {
  const inside = typed(c.sink, types.dictionary, scope);
  const at = (names: readonly Element[]): Element => prefixed(names, namespaces.arrays, inside);
  const [item, keyElement, valueElement] = [
    at(elements.dictionaryItem),
    at(elements.dictionaryKey),
    at(elements.dictionaryValue),
  ];
  checkPairKeys(c, array, keyOfPair);
  c.sink.begin();
  eachItem(c, array, (pair) => {
    const key = keyOfPair(c.tape, pair);
    const value = valueOfPair(c.tape, pair);
    if (isAbsent(c.tape, key)) fail(c, 'ValueInvalid', pair, 'is a pair without a key');
    c.sink.open(item);
    c.sink.begin();
    c.sink.open(keyElement);
    writeString(c, keyElement, key);
    c.sink.open(valueElement);
    if (isAbsent(c.tape, value)) c.sink.nil();
    else writeString(c, valueElement, value);
    c.sink.close(item);
  });
  c.sink.close(element);
};
