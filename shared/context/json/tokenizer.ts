import { isUtf8 } from 'node:buffer';
import { ContextError } from '../contextError.ts';
import { maxJsonDepth } from '../limits.ts';
import { checkDuplicates } from './duplicateKeys.ts';
import { pointerTo } from './pointer.ts';
import { flags, kinds, nodeSize, type Tape } from './tape.ts';

/** What a byte means inside a string: nothing (0), a flag to remember, or one of the two that stop the scan. */
const stop = 128;
const stringClass = new Uint8Array(256);
stringClass.fill(flags.wide, 128);
stringClass.fill(stop, 0, 32);
for (const special of '&<>') stringClass[special.charCodeAt(0)] = flags.markup;
stringClass[0xef] = flags.wide | flags.noncharacter;
stringClass[0x22] = stop;
stringClass[0x5c] = stop;

/** End of a run of bytes that mean nothing, four at a time: most of a long text is one. */
const plainRun = (bytes: Buffer, start: number, end: number): number => {
  let at = start;
  while (
    at + 4 <= end &&
    ((stringClass[bytes[at] as number] as number) |
      (stringClass[bytes[at + 1] as number] as number) |
      (stringClass[bytes[at + 2] as number] as number) |
      (stringClass[bytes[at + 3] as number] as number)) ===
      0
  ) {
    at += 4;
  }
  return at;
};

const escapable = new Set(Buffer.from('"\\/bfnrt', 'latin1'));

const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= 0x30 && byte <= 0x39;

const isHex = (byte: number | undefined): boolean =>
  isDigit(byte) || (byte !== undefined && (byte | 32) >= 0x61 && (byte | 32) <= 0x66);

/** Reads JSON once, byte by byte, into a growing list of nodes. One use. */
class Tokenizer {
  readonly bytes: Buffer;
  private nodes: Int32Array;
  private used = 0;
  private at: number;
  private depth = 0;

  constructor(bytes: Buffer, nodes: Int32Array) {
    this.bytes = bytes;
    this.nodes = nodes;
    this.at = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  }

  document(): Tape {
    this.value();
    if (this.next() !== undefined) throw new ContextError('NotJson', '', 'has text after its end');
    return { bytes: this.bytes, nodes: this.nodes };
  }

  private value(): void {
    const byte = this.next();
    if (byte === 0x22) this.string();
    else if (byte === 0x7b) this.object();
    else if (byte === 0x5b) this.array();
    else if (byte === 0x2d || isDigit(byte)) this.number();
    else if (byte === 0x74) this.literal('true', kinds.true);
    else if (byte === 0x66) this.literal('false', kinds.false);
    else if (byte === 0x6e) this.literal('null', kinds.null);
    else this.fail('has no value');
  }

  private object(): void {
    const node = this.enter(kinds.object);
    if (this.next() === 0x7d) {
      this.leave(node);
      return;
    }
    for (;;) {
      if (this.next() !== 0x22) this.fail('has a member without a quoted name');
      this.string();
      if (this.next() !== 0x3a) this.fail('has a name without a colon');
      this.at += 1;
      this.value();
      if (this.isLast(0x7d)) break;
    }
    this.leave(node);
    checkDuplicates(this.tape(), node);
  }

  private array(): void {
    const node = this.enter(kinds.array);
    if (this.next() === 0x5d) {
      this.leave(node);
      return;
    }
    do this.value();
    while (!this.isLast(0x5d));
    this.leave(node);
  }

  private isLast(closing: number): boolean {
    const byte = this.next();
    if (byte === closing) return true;
    if (byte !== 0x2c) this.fail('lacks a comma or a closing bracket');
    this.at += 1;
    return false;
  }

  private enter(kind: number): number {
    if (this.depth === maxJsonDepth) {
      this.fail(`is nested deeper than ${maxJsonDepth} levels`, 'TooDeep');
    }
    this.depth += 1;
    const node = this.push(kind, this.at, 0);
    this.at += 1;
    return node;
  }

  private leave(node: number): void {
    this.depth -= 1;
    this.at += 1;
    this.nodes[node + 2] = this.at;
    this.nodes[node + 3] = this.used;
  }

  private string(): void {
    const { bytes } = this;
    const start = this.at + 1;
    const last = bytes.length;
    let at = start;
    let seen = 0;
    for (; at < last; at += 1) {
      const found = stringClass[bytes[at] as number] as number;
      if (found === 0) {
        at = plainRun(bytes, at + 1, last) - 1;
        continue;
      }
      if (found !== stop) seen |= found;
      else if (bytes[at] === 0x22) break;
      else {
        at = this.escape(at);
        seen |= flags.escaped;
      }
    }
    if (at >= last) this.fail('ends inside a string');
    this.push(kinds.string | seen, start, at);
    this.at = at + 1;
  }

  /** Last byte of the escape that begins at a backslash; anything else that stops a string is an error. */
  private escape(at: number): number {
    this.at = at;
    if (this.bytes[at] !== 0x5c) this.fail('has a control character in a string that is not escaped');
    const letter = this.bytes[at + 1];
    if (letter !== undefined && escapable.has(letter)) return at + 1;
    if (letter !== 0x75) this.fail('has an unknown escape in a string');
    for (let digit = at + 2; digit < at + 6; digit += 1) {
      if (!isHex(this.bytes[digit])) this.fail('has a broken \\u escape in a string');
    }
    return at + 5;
  }

  private number(): void {
    const start = this.at;
    if (this.bytes[this.at] === 0x2d) this.at += 1;
    if (this.bytes[this.at] === 0x30) this.at += 1;
    else this.digits();
    let seen: number = kinds.number;
    if (this.bytes[this.at] === 0x2e) {
      this.at += 1;
      this.digits();
      seen |= flags.fraction;
    }
    if (((this.bytes[this.at] ?? 0) | 32) === 0x65) {
      this.at += 1;
      if (this.bytes[this.at] === 0x2b || this.bytes[this.at] === 0x2d) this.at += 1;
      this.digits();
      seen |= flags.fraction | flags.exponent;
    }
    this.push(seen, start, this.at);
  }

  private digits(): void {
    const start = this.at;
    while (isDigit(this.bytes[this.at])) this.at += 1;
    if (this.at === start) this.fail('has a broken number');
  }

  private literal(text: string, kind: number): void {
    const start = this.at;
    for (let index = 0; index < text.length; index += 1) {
      if (this.bytes[start + index] !== text.charCodeAt(index)) this.fail('has an unknown word');
    }
    this.at += text.length;
    this.push(kind, start, this.at);
  }

  private push(head: number, start: number, end: number): number {
    if (this.used + nodeSize > this.nodes.length) {
      const grown = new Int32Array(this.nodes.length * 2);
      grown.set(this.nodes);
      this.nodes = grown;
    }
    const node = this.used;
    this.nodes[node] = head;
    this.nodes[node + 1] = start;
    this.nodes[node + 2] = end;
    this.used = node + nodeSize;
    this.nodes[node + 3] = this.used;
    return node;
  }

  /** The next byte that is not white space, which is not consumed. */
  private next(): number | undefined {
    let byte = this.bytes[this.at];
    while (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09) {
      this.at += 1;
      byte = this.bytes[this.at];
    }
    return byte;
  }

  private tape(): Tape {
    return { bytes: this.bytes, nodes: this.nodes };
  }

  private fail(detail: string, code: 'NotJson' | 'TooDeep' = 'NotJson'): never {
    // Nothing stands yet where the next node will: no name there that an earlier document left.
    this.nodes.fill(0, this.used, this.used + nodeSize);
    throw new ContextError(code, pointerTo(this.tape(), this.used), `${detail} (byte ${this.at})`);
  }
}

/**
 * Reads UTF-8 JSON into a tape. A byte order mark is passed over.
 * `nodes` is where to put them, as long as they fit: a list that is used again, which ends the tape before.
 * Throws a ContextError: `NotUtf8`, `NotJson`, `TooDeep` (limits.ts), `DuplicateKey`.
 */
export const tokenize = (json: Uint8Array, nodes: Int32Array = new Int32Array(1024)): Tape => {
  const bytes = Buffer.isBuffer(json) ? json : Buffer.from(json.buffer, json.byteOffset, json.byteLength);
  if (!isUtf8(bytes)) throw new ContextError('NotUtf8', '', 'is not UTF-8');
  return new Tokenizer(bytes, nodes).document();
};
