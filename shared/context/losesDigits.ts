import { afterOf, endOf, isKind, kinds, nodeSize, startOf } from './json/tape.ts';
import { tokenize } from './json/tokenizer.ts';

/**
 * Whether `JSON.parse` would change a number of the text for those who look at it: digits beyond a double's, or the scale
 * of a decimal (`100.0000`).
 *
 * @throws ContextError when the body is not JSON.
 */
export const losesDigits = (body: Uint8Array): boolean => {
  const tape = tokenize(body);
  for (let node = 0; node < afterOf(tape, 0) || node === 0; node += nodeSize) {
    if (!isKind(tape, node, kinds.number)) continue;
    const text = tape.bytes.toString('latin1', startOf(tape, node), endOf(tape, node));
    if (String(Number(text)) !== text) return true;
  }
  return false;
};
