/** Bytes that are written often, kept as words of four bytes (little-endian, zeros after the end). */
export interface Fragment {
  readonly words: Int32Array;
  /** In bytes. */
  readonly length: number;
}

export const fragment = (bytes: Buffer): Fragment => ({
  words: Int32Array.from({ length: Math.ceil(bytes.length / 4) }, (_, word) =>
    Buffer.concat([bytes.subarray(word * 4, word * 4 + 4), Buffer.alloc(3)]).readInt32LE(0),
  ),
  length: bytes.length,
});

export const textFragment = (text: string): Fragment => fragment(Buffer.from(text, 'utf8'));
