import { ContextError, type ContextErrorCode } from '../contextError.ts';
import { jsonText } from '../json/jsonText.ts';
import { pointerTo } from '../json/pointer.ts';
import { afterOf, endOf, flags, headOf, isKind, kinds, nodeSize, startOf, type Tape } from '../json/tape.ts';
import type { CompiledContract } from './compiled.ts';
import type { ColumnHints, Hints } from './hints.ts';
import type { Declarable, Element, TypeMark } from './markup.ts';
import { declare, letterAt, nextLetter, type Scope } from './scope.ts';
import type { Sink } from './sink.ts';
import type { TextRun } from './textRun.ts';

/** Where a value of any type stands, which decides what its JSON means. One per collection. */
export interface Place {
  readonly in: 'attributes' | 'keyAttributes' | 'parameters' | 'outputParameters' | 'elsewhere';
  /** The Id of the Entity whose attributes these are, as a node; -1 where there is none. */
  readonly id: number;
  readonly hints: ColumnHints | undefined;
}

export const elsewhere: Place = { in: 'elsewhere', id: -1, hints: undefined };

/** One document on its way from JSON to another format. The functions stand here because they call each other. */
export interface Conversion {
  readonly tape: Tape;
  readonly sink: Sink;
  readonly text: TextRun;
  readonly hints: Hints | undefined;
  /** Writes the members of a contract into an element that is begun. */
  readonly members: (conversion: Conversion, contract: CompiledContract, node: number, scope: Scope) => void;
  /** Writes a value of any type, with its `i:type`, into an element that is open; `key` is the name of its pair. */
  readonly anyValue: (
    conversion: Conversion,
    element: Element,
    value: number,
    key: number,
    scope: Scope,
    place: Place,
  ) => void;
}

export const fail = ({ tape }: Conversion, code: ContextErrorCode, node: number, detail: string): never => {
  throw new ContextError(code, pointerTo(tape, node), detail);
};

/** Whether the text of a string node is this name. */
export const isNamed = (tape: Tape, node: number, name: Uint8Array): boolean => {
  if (hasBytes(tape, node, name)) return true;
  return (headOf(tape, node) & flags.escaped) !== 0 && jsonText(tape, node) === asText(name);
};

/** Whether a node's bytes, escapes and all, are these. */
export const hasBytes = ({ bytes, nodes }: Tape, node: number, name: Uint8Array): boolean => {
  const start = nodes[node + 1] as number;
  if ((nodes[node + 2] as number) - start !== name.length) return false;
  for (let index = 0; index < name.length; index += 1) {
    if (bytes[start + index] !== name[index]) return false;
  }
  return true;
};

const asText = (name: Uint8Array): string => Buffer.from(name).toString('latin1');

/** The key of the member of this name, looking from the first key on; -1 when there is none. */
export const keyNamed = (tape: Tape, object: number, name: Uint8Array): number => {
  const last = afterOf(tape, object);
  for (let key = object + nodeSize; key < last; key = afterOf(tape, key + nodeSize)) {
    if (isNamed(tape, key, name)) return key;
  }
  return -1;
};

/** The value of the member of this name; -1 when it is missing. */
export const valueNamed = (tape: Tape, object: number, name: Uint8Array): number => {
  const key = keyNamed(tape, object, name);
  return key === -1 ? -1 : key + nodeSize;
};

/** Text of an unescaped string or a number, byte for byte. */
export const rawText = (tape: Tape, node: number): string =>
  tape.bytes.toString('latin1', startOf(tape, node), endOf(tape, node));

export const isAbsent = (tape: Tape, node: number): boolean => node === -1 || isKind(tape, node, kinds.null);

/** Declares a namespace on the open element unless an element around it does. */
export const declaring = (sink: Sink, { shift, declarations }: Declarable, scope: Scope): Scope => {
  if (letterAt(scope, shift) !== 0) return scope;
  const letter = nextLetter(scope);
  const mark = declarations[letter];
  if (mark !== undefined) sink.mark(mark);
  return declare(scope, shift);
};

/** Names the type of the open element, and gives the scope inside it. */
export const typed = (sink: Sink, { shift, known, declaring: marks }: TypeMark, scope: Scope): Scope => {
  const letter = shift === undefined ? 0 : letterAt(scope, shift);
  const isKnown = shift === undefined || letter !== 0;
  const mark = isKnown ? known[letter] : marks[nextLetter(scope)];
  if (mark !== undefined) sink.mark(mark);
  return isKnown ? scope : declare(scope, shift);
};

/** The element of this name under the prefix that a namespace has here. */
export const prefixed = (names: readonly Element[], { shift }: Declarable, scope: Scope): Element =>
  names[letterAt(scope, shift)] as Element;
