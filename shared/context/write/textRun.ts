import { endOf, flags, headOf, startOf, type Tape } from '../json/tape.ts';
import { ByteBuffer } from './byteBuffer.ts';

const simple = new Uint8Array(256);
for (const [letter, byte] of Object.entries({
  b: 8,
  f: 12,
  n: 10,
  r: 13,
  t: 9,
  '"': 34,
  '\\': 92,
  '/': 47,
})) {
  simple[letter.charCodeAt(0)] = byte;
}

/** Stands for a surrogate without its partner, which no format can carry. */
const replacement = 0xfffd;

const hexAt = (bytes: Buffer, at: number): number =>
  Number.parseInt(bytes.toString('latin1', at, at + 4), 16);

/**
 * The text of one string, as UTF-8 without escapes: a range of the received bytes where those are plain, else of a
 * block of its own. One instance serves one document after another.
 */
export class TextRun {
  bytes: Uint8Array;
  start = 0;
  end = 0;
  /** Flags of tape.ts: what may be in it. */
  seen = 0;
  private tape: Tape;
  private readonly unescaped = new ByteBuffer(1024);

  constructor() {
    this.bytes = Buffer.alloc(0);
    this.tape = { bytes: Buffer.alloc(0), nodes: new Int32Array(0) };
  }

  /** Turns to another document. */
  from(tape: Tape): this {
    this.tape = tape;
    return this;
  }

  /** Points at the text of a string node. */
  of(node: number): this {
    const head = headOf(this.tape, node);
    this.bytes = this.tape.bytes;
    this.start = startOf(this.tape, node);
    this.end = endOf(this.tape, node);
    this.seen = head;
    if ((head & flags.escaped) !== 0) this.unescape();
    return this;
  }

  private unescape(): void {
    const { tape, unescaped, start, end } = this;
    const { bytes } = tape;
    unescaped.length = 0;
    let run = start;
    for (let at = start; at < end; at += 1) {
      if (bytes[at] !== 0x5c) continue;
      unescaped.copy(bytes, run, at);
      at = this.escape(at);
      run = at + 1;
    }
    unescaped.copy(bytes, run, end);
    this.bytes = unescaped.bytes;
    this.start = 0;
    this.end = unescaped.length;
  }

  /** Writes what an escape stands for and says where its last byte is. */
  private escape(at: number): number {
    const { bytes } = this.tape;
    const letter = bytes[at + 1] as number;
    if (letter !== 0x75) {
      this.unescaped.byte(simple[letter] as number);
      return at + 1;
    }
    const unit = hexAt(bytes, at + 2);
    const low = this.lowSurrogate(unit, at + 6);
    this.codePoint(low === undefined ? unit : ((unit - 0xd800) << 10) + (low - 0xdc00) + 0x10000);
    return low === undefined ? at + 5 : at + 11;
  }

  private lowSurrogate(unit: number, next: number): number | undefined {
    const { bytes } = this.tape;
    if ((unit & 0xfc00) !== 0xd800 || next + 6 > this.end) return undefined;
    if (bytes[next] !== 0x5c || bytes[next + 1] !== 0x75) return undefined;
    const low = hexAt(bytes, next + 2);
    return (low & 0xfc00) === 0xdc00 ? low : undefined;
  }

  private codePoint(code: number): void {
    const out = this.unescaped;
    const point = (code & 0xfffff800) === 0xd800 ? replacement : code;
    if (point >= 0x80) this.seen |= flags.wide;
    if (point < 0x80) {
      out.byte(point);
      return;
    }
    if (point < 0x800) out.byte(0xc0 | (point >> 6));
    else if (point < 0x10000) out.byte(0xe0 | (point >> 12));
    else out.byte(0xf0 | (point >> 18));
    if (point >= 0x10000) out.byte(0x80 | ((point >> 12) & 0x3f));
    if (point >= 0x800) out.byte(0x80 | ((point >> 6) & 0x3f));
    out.byte(0x80 | (point & 0x3f));
  }
}
