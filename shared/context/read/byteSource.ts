import { isUtf8 } from 'node:buffer';
import { ContextError } from '../contextError.ts';
import { maxNameBytes } from '../limits.ts';

/** Bytes of a binary document, read front to back. Nothing is read beyond the end: that throws `NotBinary`. */
export class ByteSource {
  readonly bytes: Buffer;
  private at = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get isAtEnd(): boolean {
    return this.at === this.bytes.length;
  }

  /** Throws unless so many bytes are left. */
  need(count: number): void {
    if (count < 0 || count > this.bytes.length - this.at) this.fail('ends inside a record');
  }

  peek(): number {
    this.need(1);
    return this.bytes[this.at] ?? 0;
  }

  byte(): number {
    const value = this.peek();
    this.at += 1;
    return value;
  }

  /** Where a value of so many bytes begins; reading goes on behind it. */
  take(count: number): number {
    this.need(count);
    this.at += count;
    return this.at - count;
  }

  slice(count: number): Buffer {
    const start = this.take(count);
    return this.bytes.subarray(start, start + count);
  }

  /** A length in groups of seven bits, lowest first, at most 31 bits. */
  count(): number {
    let value = 0;
    for (let shift = 0; shift <= 28; shift += 7) {
      const byte = this.byte();
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value <= 0x7fffffff ? value : this.fail('has a length over 31 bits');
    }
    return this.fail('has a length over 31 bits');
  }

  name(): string {
    const length = this.count();
    if (length > maxNameBytes) this.fail('has a name that is too long');
    return this.utf8(length);
  }

  utf8(count: number): string {
    const bytes = this.slice(count);
    if (!isUtf8(bytes)) throw new ContextError('NotUtf8', '', `has text that is not UTF-8 (byte ${this.at})`);
    return bytes.toString('utf8');
  }

  skipText(): void {
    this.take(this.count());
  }

  fail(detail: string): never {
    throw new ContextError('NotBinary', '', `${detail} (byte ${this.at})`);
  }
}
