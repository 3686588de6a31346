import { ContextError } from '../contextError.ts';
import { jsonText } from './jsonText.ts';
import { pointerTo } from './pointer.ts';
import { afterOf, endOf, flags, headOf, nodeSize, startOf, type Tape } from './tape.ts';

/** Whether the bytes of one string node sort before another's. */
const isBefore = (tape: Tape, one: number, other: number): boolean => {
  const { bytes } = tape;
  const first = startOf(tape, one);
  const second = startOf(tape, other);
  const length = Math.min(endOf(tape, one) - first, endOf(tape, other) - second);
  for (let index = 0; index < length; index += 1) {
    const difference = (bytes[first + index] as number) - (bytes[second + index] as number);
    if (difference !== 0) return difference < 0;
  }
  return endOf(tape, one) - first < endOf(tape, other) - second;
};

/** Contexts list members in ordinal order, and keys that rise cannot repeat: that needs no set of names. */
const isRising = (tape: Tape, object: number): boolean => {
  const last = afterOf(tape, object);
  let previous = -1;
  for (let key = object + nodeSize; key < last; key = afterOf(tape, afterOf(tape, key))) {
    if ((headOf(tape, key) & flags.escaped) !== 0) return false;
    if (previous !== -1 && !isBefore(tape, previous, key)) return false;
    previous = key;
  }
  return true;
};

/** Throws `DuplicateKey` when an object names a member twice: readers disagree on which of the two counts. */
export const checkDuplicates = (tape: Tape, object: number): void => {
  if (isRising(tape, object)) return;
  const names = new Set<string>();
  const last = afterOf(tape, object);
  for (let key = object + nodeSize; key < last; key = afterOf(tape, afterOf(tape, key))) {
    const name = jsonText(tape, key);
    if (names.has(name)) {
      throw new ContextError('DuplicateKey', pointerTo(tape, key), 'is named twice in one object');
    }
    names.add(name);
  }
};
