import { jsonText } from '../json/jsonText.ts';
import { afterOf, flags, headOf, isKind, kinds, nodeSize, type Tape } from '../json/tape.ts';
import { fail, type Conversion } from './conversion.ts';

/** Whether two keys have the same digest, or one has escapes: only then are their texts compared. */
const mayRepeat = ({ tape }: Conversion, array: number, keyOf: (pair: number) => number): boolean => {
  const digests = new Set<number>();
  const last = afterOf(tape, array);
  for (let pair = array + nodeSize; pair < last; pair = afterOf(tape, pair)) {
    const key = keyOf(pair);
    if (key === -1) continue;
    const digest = digestOf(tape, key);
    if ((headOf(tape, key) & flags.escaped) !== 0 || digests.has(digest)) return true;
    digests.add(digest);
  }
  return false;
};

/** 30 bits of a text, so that it is a small integer. */
const digestOf = ({ bytes, nodes }: Tape, node: number): number => {
  const end = nodes[node + 2] as number;
  let digest = 17;
  for (let at = nodes[node + 1] as number; at < end; at += 1) {
    digest = (Math.imul(digest, 31) + (bytes[at] as number)) & 0x3fffffff;
  }
  return digest;
};

/**
 * Throws `DuplicateKey` when two pairs of a collection have the same key: the SDK's collections are dictionaries, and
 * a listener could not read the message at all. `keyOf` gives the key's node, -1 when a pair has none.
 */
export const checkPairKeys = (c: Conversion, array: number, keyOf: (pair: number) => number): void => {
  const { tape } = c;
  const last = afterOf(tape, array);
  if (afterOf(tape, array + nodeSize) >= last) return;
  if (!mayRepeat(c, array, keyOf)) return;
  const names = new Set<string>();
  for (let pair = array + nodeSize; pair < last; pair = afterOf(tape, pair)) {
    const key = keyOf(pair);
    if (key === -1 || !isKind(tape, key, kinds.string)) continue;
    const name = jsonText(tape, key);
    if (names.has(name)) fail(c, 'DuplicateKey', key, `repeats the key "${name}" of its collection`);
    names.add(name);
  }
};
