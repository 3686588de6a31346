/**
 * Where AMQP 1.0 values begin and end, without decoding them (AMQP 1.0 part 1, "Type encodings"): the broker keeps
 * what it does not need to understand as the bytes it received.
 */

const described = 0x00;
const list0 = 0x45;

/** Bytes of a value by the high digit of its constructor, for the encodings of fixed width. */
const fixedWidths: Readonly<Record<number, number>> = { 4: 0, 5: 1, 6: 2, 7: 4, 8: 8, 9: 16 };

/** High digits whose size field takes one byte (variable, compound and array encodings). */
const shortSized = new Set([0xa, 0xc, 0xe]);
/** High digits whose size field takes four bytes. */
const longSized = new Set([0xb, 0xd, 0xf]);

const bodyEnd = (bytes: Buffer, code: number, at: number): number => {
  const digit = code >>> 4;
  const width = fixedWidths[digit];
  if (width !== undefined) return at + width;
  if (shortSized.has(digit)) return at + 1 + bytes.readUInt8(at);
  if (longSized.has(digit)) return at + 4 + bytes.readUInt32BE(at);
  throw new Error(`0x${code.toString(16)} is no AMQP type.`);
};

/**
 * The offset behind the value that starts at `start`.
 *
 * @throws Error when the bytes are no AMQP value or end too early.
 */
export const valueEnd = (bytes: Buffer, start: number): number => {
  const code = bytes.readUInt8(start);
  const end =
    code === described ? valueEnd(bytes, valueEnd(bytes, start + 1)) : bodyEnd(bytes, code, start + 1);
  if (end > bytes.length) throw new Error('An AMQP value ends too early.');
  return end;
};

/** Where the value behind its descriptor starts; `start` itself when the value has none. */
export const afterDescriptor = (bytes: Buffer, start: number): number =>
  bytes.readUInt8(start) === described ? valueEnd(bytes, start + 1) : start;

/** Offsets of the items of a list, or of the keys and values of a map in turn; the last one is the end. */
const itemOffsets = (bytes: Buffer, start: number): number[] => {
  const code = bytes.readUInt8(start);
  if (code === list0) return [start + 1];
  const short = (code & 0xf0) === 0xc0;
  if (!short && (code & 0xf0) !== 0xd0) throw new Error(`0x${code.toString(16)} is neither list nor map.`);
  const count = short ? bytes.readUInt8(start + 2) : bytes.readUInt32BE(start + 5);
  const offsets = [start + (short ? 3 : 9)];
  let end = start + (short ? 3 : 9);
  for (let item = 0; item < count; item += 1) {
    end = valueEnd(bytes, end);
    offsets.push(end);
  }
  return offsets;
};

/** The encoded items of a list, or keys and values of a map in turn. */
export const itemsOf = (bytes: Buffer, start: number): Buffer[] => {
  const offsets = itemOffsets(bytes, start);
  return offsets.slice(1).map((end, index) => bytes.subarray(offsets[index], end));
};
