import { jsonText } from '../json/jsonText.ts';
import { afterOf, flags, headOf, isKind, kinds, nodeSize, type Tape } from '../json/tape.ts';
import { fail, type Conversion } from './conversion.ts';

const slots = 4096;
/** Above this many keys the table would be too full to be quick. */
const mostKeys = slots / 2;

/** A set of digests that is emptied by counting on, not by clearing. */
const table = { digests: new Int32Array(slots), rounds: new Int32Array(slots), round: 0 };

/** Adds a digest; true when it was there. */
const meets = (digest: number): boolean => {
  const { digests, rounds, round } = table;
  let slot = digest & (slots - 1);
  while (rounds[slot] === round) {
    if (digests[slot] === digest) return true;
    slot = (slot + 1) & (slots - 1);
  }
  rounds[slot] = round;
  digests[slot] = digest;
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

/** Whether two keys have the same digest, one has escapes, or there are very many: then their texts are compared. */
const mayRepeat = ({ tape }: Conversion, array: number, keyOf: KeyOf): boolean => {
  table.round = (table.round + 1) & 0x3fffffff;
  const last = afterOf(tape, array);
  let count = 0;
  for (let pair = array + nodeSize; pair < last; pair = afterOf(tape, pair)) {
    const key = keyOf(tape, pair);
    if (key === -1) continue;
    count += 1;
    if (count > mostKeys || (headOf(tape, key) & flags.escaped) !== 0) return true;
    if (meets(digestOf(tape, key))) return true;
  }
  return false;
};

/** The node of a pair's key; -1 when there is none, which is not ours to complain of. */
type KeyOf = (tape: Tape, pair: number) => number;

/**
 * Throws `DuplicateKey` when two pairs of a collection have the same key: the SDK's collections are dictionaries, and
 * a listener could not read the message at all.
 */
export const checkPairKeys = (c: Conversion, array: number, keyOf: KeyOf): void => {
  const { tape } = c;
  const last = afterOf(tape, array);
  if (afterOf(tape, array + nodeSize) >= last || !mayRepeat(c, array, keyOf)) return;
  const names = new Set<string>();
  for (let pair = array + nodeSize; pair < last; pair = afterOf(tape, pair)) {
    const key = keyOf(tape, pair);
    if (key === -1 || !isKind(tape, key, kinds.string)) continue;
    const name = jsonText(tape, key);
    if (names.has(name)) fail(c, 'DuplicateKey', key, `repeats the key "${name}" of its collection`);
    names.add(name);
  }
};
