import { jsonText } from '../json/jsonText.ts';
import { afterOf, isKind, kinds, nodeSize } from '../json/tape.ts';
import { fail, type Conversion } from './conversion.ts';

/**
 * Throws `DuplicateKey` when two pairs of a collection have the same key: the SDK's collections are dictionaries, and
 * a listener could not read the message at all. `keyOf` gives the key's node, -1 when a pair has none.
 */
export const checkPairKeys = (c: Conversion, array: number, keyOf: (pair: number) => number): void => {
  const { tape } = c;
  const last = afterOf(tape, array);
  if (afterOf(tape, array + nodeSize) >= last) return;
  const names = new Set<string>();
  for (let pair = array + nodeSize; pair < last; pair = afterOf(tape, pair)) {
    const key = keyOf(pair);
    if (key === -1 || !isKind(tape, key, kinds.string)) continue;
    const name = jsonText(tape, key);
    if (names.has(name)) fail(c, 'DuplicateKey', key, `repeats the key "${name}" of its collection`);
    names.add(name);
  }
};
