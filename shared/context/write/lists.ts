import { afterOf, nodeSize } from '../json/tape.ts';
import type { CompiledContract } from './compiled.ts';
import { elsewhere, isAbsent, prefixed, type Conversion } from './conversion.ts';
import type { Element } from './markup.ts';
import { elements, namespaces } from './names.ts';
import { writeString } from './scalars.ts';
import type { Scope } from './scope.ts';

/** Nodes of an array's items. */
export const eachItem = ({ tape }: Conversion, array: number, visit: (node: number) => void): void => {
  const last = afterOf(tape, array);
  for (let node = array + nodeSize; node < last; node = afterOf(tape, node)) visit(node);
};

/** Items of a list of one contract, which name no type. */
export const writeList = (c: Conversion, contract: CompiledContract, array: number, scope: Scope): void => {
  const item = contract.listIsPrefixed
    ? prefixed(contract.item, namespaces.options, scope)
    : (contract.item[0] as Element);
  eachItem(c, array, (node) => {
    c.sink.open(item);
    if (isAbsent(c.tape, node)) {
      c.sink.nil();
      return;
    }
    c.sink.begin();
    c.members(c, contract, node, scope);
    c.sink.close(item);
  });
};

export const writeStrings = (c: Conversion, array: number, scope: Scope): void => {
  const item = prefixed(elements.string, namespaces.arrays, scope);
  eachItem(c, array, (node) => {
    c.sink.open(item);
    writeString(c, item, node);
  });
};

/** Items of any type, each with its own. */
export const writeValues = (c: Conversion, array: number, scope: Scope): void => {
  const item = prefixed(elements.anyType, namespaces.arrays, scope);
  eachItem(c, array, (node) => {
    c.sink.open(item);
    c.anyValue(c, item, node, -1, scope, elsewhere);
  });
};
