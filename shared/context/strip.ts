import { jsonText } from './json/jsonText.ts';
import { afterOf, endOf, isKind, kinds, nodeSize, startOf } from './json/tape.ts';
import { tokenize } from './json/tokenizer.ts';

/** The members that Dataverse drops from a body over its size limit (docs/contract.md, size rule). */
export const strippedMembers = [
  'ParentContext',
  'InputParameters',
  'PreEntityImages',
  'PostEntityImages',
] as const;

export interface Stripped {
  readonly body: Uint8Array;
  /** Names of the members that were there and are gone, in the order of the body. */
  readonly removed: readonly string[];
}

/** One member with its comma: the bytes that go. */
interface Cut {
  readonly start: number;
  readonly end: number;
}

/**
 * Removes members from the outermost object of a JSON body. Every other byte stays as it was received: the text of
 * numbers, escapes, white space, the order of members. A member named so further inside stays, unless it is inside one
 * that goes. Throws a ContextError when the body is not JSON.
 */
export const strip = (body: Uint8Array, names: readonly string[] = strippedMembers): Stripped => {
  const tape = tokenize(body);
  const removed: string[] = [];
  if (!isKind(tape, 0, kinds.object)) return { body, removed };
  const cuts: Cut[] = [];
  const last = afterOf(tape, 0);
  let keptBefore = startOf(tape, 0) + 1;
  let isFirst = true;
  for (let key = nodeSize; key < last; key = afterOf(tape, key + nodeSize)) {
    const value = key + nodeSize;
    const name = jsonText(tape, key);
    const end = endOf(tape, value) + (isKind(tape, value, kinds.string) ? 1 : 0);
    if (names.includes(name)) {
      removed.push(name);
      // With what stands before it (its comma) or, as long as nothing is kept before it, with the comma that follows.
      const next = afterOf(tape, value);
      if (!isFirst) cuts.push({ start: keptBefore, end });
      else cuts.push({ start: startOf(tape, key) - 1, end: next < last ? startOf(tape, next) - 1 : end });
    } else isFirst = false;
    keptBefore = end;
  }
  return { body: removed.length === 0 ? body : without(tape.bytes, cuts), removed };
};

const without = (bytes: Buffer, cuts: readonly Cut[]): Uint8Array => {
  const kept: Buffer[] = [];
  let from = 0;
  for (const { start, end } of cuts) {
    kept.push(bytes.subarray(from, start));
    from = end;
  }
  kept.push(bytes.subarray(from));
  return new Uint8Array(Buffer.concat(kept));
};
