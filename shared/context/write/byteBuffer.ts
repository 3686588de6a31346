import type { Fragment } from './fragment.ts';

/** Below this many bytes a loop is quicker than the call that copies a block. */
const shortRun = 64;

const viewOf = (bytes: Buffer): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.length);

/** One growing block of bytes, written front to back. Callers ask for room before they write bytes one by one. */
export class ByteBuffer {
  bytes: Buffer;
  length = 0;
  private view: DataView;

  constructor(expectedBytes: number) {
    this.bytes = Buffer.allocUnsafeSlow(expectedBytes);
    this.view = viewOf(this.bytes);
  }

  /** Makes room for `more` bytes; the block at least doubles, so the cost of growing stays proportional. */
  room(more: number): void {
    if (this.length + more <= this.bytes.length) return;
    const grown = Buffer.allocUnsafeSlow(Math.max(this.bytes.length * 2, this.length + more));
    this.bytes.copy(grown, 0, 0, this.length);
    this.bytes = grown;
    this.view = viewOf(grown);
  }

  byte(value: number): void {
    this.room(1);
    this.bytes[this.length] = value;
    this.length += 1;
  }

  /** Copies `source` from `start` up to `end`. */
  copy(source: Uint8Array, start: number, end: number): void {
    const count = end - start;
    this.room(count);
    if (count < shortRun) {
      const { bytes } = this;
      let at = this.length;
      for (let index = start; index < end; index += 1) bytes[at++] = source[index] as number;
    } else {
      this.bytes.set(
        start === 0 && end === source.length ? source : source.subarray(start, end),
        this.length,
      );
    }
    this.length += count;
  }

  /** Writes whole words, the last of which may reach beyond the fragment; what follows is written over it. */
  fragment({ words, length }: Fragment): void {
    this.room(length + 3);
    const { view } = this;
    let at = this.length;
    for (let index = 0; index < words.length; index += 1) {
      view.setInt32(at, words[index] as number, true);
      at += 4;
    }
    this.length += length;
  }

  /** Text of ASCII letters only. */
  ascii(text: string): void {
    this.room(text.length);
    const { bytes } = this;
    let at = this.length;
    for (let index = 0; index < text.length; index += 1) bytes[at++] = text.charCodeAt(index);
    this.length = at;
  }

  /** A copy of the bytes written so far, after which the block is empty and can be used again. */
  finish(): Uint8Array {
    const copy = Buffer.allocUnsafeSlow(this.length);
    this.bytes.copy(copy, 0, 0, this.length);
    this.length = 0;
    return copy;
  }
}
