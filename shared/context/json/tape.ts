/**
 * JSON as a flat list of nodes in document order, four numbers each. It keeps what `JSON.parse` loses (the text of
 * numbers, the order of members, where each value lies in the bytes) and costs no object per value.
 *
 * A node is named by its offset. After an object's node come its keys and values in turn, each with its own children.
 */
export interface Tape {
  readonly bytes: Buffer;
  readonly nodes: Int32Array;
}

/** Offsets inside a node: kind and flags, first byte, byte after the last, the node after this one and its children. */
export const nodeSize = 4;

export const kinds = { null: 0, false: 1, true: 2, number: 3, string: 4, object: 5, array: 6 } as const;

/** Flags of strings and numbers, above the kind's three bits. */
export const flags = {
  /** String: has `&`, `<` or `>`. */
  markup: 8,
  /** String: has bytes above 127. */
  wide: 16,
  /** String: has a byte EF, so it may hold U+FFFE or U+FFFF. */
  noncharacter: 32,
  /** String: has escapes, so its bytes are not its text. */
  escaped: 64,
  /** Number: has a fraction or an exponent. */
  fraction: 8,
  /** Number: has an exponent. */
  exponent: 16,
} as const;

const kindMask = 7;

export const kindOf = ({ nodes }: Tape, node: number): number => (nodes[node] as number) & kindMask;

export const headOf = ({ nodes }: Tape, node: number): number => nodes[node] as number;

/** First byte of a value; of a string, the byte after the quote. */
export const startOf = ({ nodes }: Tape, node: number): number => nodes[node + 1] as number;

/** Byte after a value; of a string, its closing quote. */
export const endOf = ({ nodes }: Tape, node: number): number => nodes[node + 2] as number;

/** The node that follows this one and everything inside it. */
export const afterOf = ({ nodes }: Tape, node: number): number => nodes[node + 3] as number;

export const isKind = (tape: Tape, node: number, kind: number): boolean => kindOf(tape, node) === kind;
