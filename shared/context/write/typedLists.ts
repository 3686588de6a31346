import { afterOf, nodeSize } from '../json/tape.ts';
import type { CompiledContract } from './compiled.ts';
import { prefixed, typed, type Conversion } from './conversion.ts';
import { writeList, writeStrings } from './lists.ts';
import type { Element } from './markup.ts';
import { namespaces, simpleLists, types } from './names.ts';
import type { Scope } from './scope.ts';
import type { ArrayValues } from './sink.ts';

const isEmpty = ({ tape }: Conversion, array: number): boolean => afterOf(tape, array) === array + nodeSize;

/** Each of these names the type of the open element, writes a whole list into it, and closes it. */
export const writeContractList = (
  c: Conversion,
  element: Element,
  contract: CompiledContract,
  array: number,
  scope: Scope,
): void => {
  const inside = typed(c.sink, contract.listMark, scope);
  if (isEmpty(c, array)) {
    c.sink.empty();
    return;
  }
  c.sink.begin();
  writeList(c, contract, array, inside);
  c.sink.close(element);
};

export const writeStringList = (c: Conversion, element: Element, array: number, scope: Scope): void => {
  const inside = typed(c.sink, simpleLists.string.mark, scope);
  if (isEmpty(c, array)) {
    c.sink.empty();
    return;
  }
  c.sink.begin();
  writeStrings(c, array, inside);
  c.sink.close(element);
};

export const writeSimpleList = (c: Conversion, element: Element, array: ArrayValues, scope: Scope): void => {
  const list = simpleLists[array.kind];
  const inside = typed(c.sink, list.mark, scope);
  if (array.values.length === 0) {
    c.sink.empty();
    return;
  }
  c.sink.begin();
  c.sink.array(prefixed(list.item, namespaces.arrays, inside), array);
  c.sink.close(element);
};

/** Guids, which are text in every format. */
export const writeGuidList = (
  c: Conversion,
  element: Element,
  guids: readonly string[],
  scope: Scope,
): void => {
  const inside = typed(c.sink, simpleLists.guid.mark, scope);
  if (guids.length === 0) {
    c.sink.empty();
    return;
  }
  const item = prefixed(simpleLists.guid.item, namespaces.arrays, inside);
  c.sink.begin();
  for (const guid of guids) {
    c.sink.open(item);
    c.sink.name(item, guid);
  }
  c.sink.close(element);
};

export const writeBytesValue = (c: Conversion, element: Element, bytes: Uint8Array, scope: Scope): void => {
  typed(c.sink, types.base64Binary, scope);
  c.sink.base64(element, bytes);
};
