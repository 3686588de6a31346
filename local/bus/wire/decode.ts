import { afterDescriptor, itemsOf } from './layout.ts';

/** An AMQP value as the broker reads it: timestamps are `Date`, symbols are strings, longs are numbers. */
export type AmqpValue = null | boolean | number | string | Buffer | Date | AmqpValue[] | AmqpMap;
/** Keys are strings or symbols in everything the broker reads. */
type AmqpMap = Map<string, AmqpValue>;

type Reader = (bytes: Buffer, at: number) => AmqpValue;

const long: Reader = (bytes, at) => Number(bytes.readBigInt64BE(at));
const ulong: Reader = (bytes, at) => Number(bytes.readBigUInt64BE(at));
const timestamp: Reader = (bytes, at) => new Date(Number(bytes.readBigInt64BE(at)));
const raw =
  (width: number): Reader =>
  (bytes, at) =>
    bytes.subarray(at, at + width);
const short =
  (read: (content: Buffer) => AmqpValue): Reader =>
  (bytes, at) =>
    read(bytes.subarray(at + 1, at + 1 + bytes.readUInt8(at)));
const wide =
  (read: (content: Buffer) => AmqpValue): Reader =>
  (bytes, at) =>
    read(bytes.subarray(at + 4, at + 4 + bytes.readUInt32BE(at)));
const text = (content: Buffer): string => content.toString('utf8');
const same = (content: Buffer): Buffer => content;

const list: Reader = (bytes, at) => itemsOf(bytes, at - 1).map((item) => decodeValue(item, 0));

const map: Reader = (bytes, at) => {
  const decoded: AmqpMap = new Map();
  const items = itemsOf(bytes, at - 1);
  for (let index = 0; index + 1 < items.length; index += 2) {
    const [key, value] = [items[index], items[index + 1]];
    if (key !== undefined && value !== undefined) decoded.set(decodeText(key, 0), decodeValue(value, 0));
  }
  return decoded;
};

/** Arrays carry one constructor for all elements; the broker reads arrays of fixed-width types only. */
const array =
  (sizeWidth: 1 | 4): Reader =>
  (bytes, at) => {
    const count = sizeWidth === 1 ? bytes.readUInt8(at + 1) : bytes.readUInt32BE(at + 4);
    const code = bytes.readUInt8(at + 2 * sizeWidth);
    const width = { 4: 0, 5: 1, 6: 2, 7: 4, 8: 8, 9: 16 }[code >>> 4];
    if (width === undefined) throw new Error('Only arrays of fixed-width types are understood.');
    const first = at + 2 * sizeWidth + 1;
    return Array.from({ length: count }, (_, index) => readerOf(code)(bytes, first + index * width));
  };

/** By constructor (AMQP 1.0 part 1, "Type encodings"). */
const readers: Readonly<Record<number, Reader>> = {
  0x40: () => null,
  0x41: () => true,
  0x42: () => false,
  0x43: () => 0,
  0x44: () => 0,
  0x45: () => [],
  0x50: (bytes, at) => bytes.readUInt8(at),
  0x51: (bytes, at) => bytes.readInt8(at),
  0x52: (bytes, at) => bytes.readUInt8(at),
  0x53: (bytes, at) => bytes.readUInt8(at),
  0x54: (bytes, at) => bytes.readInt8(at),
  0x55: (bytes, at) => bytes.readInt8(at),
  0x56: (bytes, at) => bytes.readUInt8(at) !== 0,
  0x60: (bytes, at) => bytes.readUInt16BE(at),
  0x61: (bytes, at) => bytes.readInt16BE(at),
  0x70: (bytes, at) => bytes.readUInt32BE(at),
  0x71: (bytes, at) => bytes.readInt32BE(at),
  0x72: (bytes, at) => bytes.readFloatBE(at),
  0x73: (bytes, at) => String.fromCodePoint(bytes.readUInt32BE(at)),
  0x74: raw(4),
  0x80: ulong,
  0x81: long,
  0x82: (bytes, at) => bytes.readDoubleBE(at),
  0x83: timestamp,
  0x84: raw(8),
  0x94: raw(16),
  0x98: raw(16),
  0xa0: short(same),
  0xb0: wide(same),
  0xa1: short(text),
  0xb1: wide(text),
  0xa3: short(text),
  0xb3: wide(text),
  0xc0: list,
  0xd0: list,
  0xc1: map,
  0xd1: map,
  0xe0: array(1),
  0xf0: array(4),
};

const readerOf = (code: number): Reader => {
  const reader = readers[code];
  if (reader === undefined) throw new Error(`0x${code.toString(16)} is no AMQP type.`);
  return reader;
};

/**
 * Decodes the value at `start`; a descriptor before it is passed over.
 *
 * @throws Error when the bytes are no AMQP value.
 */
export function decodeValue(bytes: Buffer, start: number): AmqpValue {
  const at = afterDescriptor(bytes, start);
  return readerOf(bytes.readUInt8(at))(bytes, at + 1);
}

/**
 * Decodes the string or symbol at `start`.
 *
 * @throws Error when it is something else.
 */
export function decodeText(bytes: Buffer, start: number): string {
  const value = decodeValue(bytes, start);
  if (typeof value !== 'string') throw new Error('A string or symbol was expected.');
  return value;
}
