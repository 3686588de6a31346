import { firstMs, type DateTimeParts } from '../values/dateTime.ts';
import type { Decimal } from '../values/decimal.ts';
import type { ByteBuffer } from './byteBuffer.ts';
import { records, withEnd } from './records.ts';

const two32 = 0x100000000;

/** An int in the shortest record that holds it, with the end of its element. */
export const writeInt = (out: ByteBuffer, value: number): void => {
  out.room(5);
  const { bytes } = out;
  const at = out.length;
  if (value === 0 || value === 1) {
    bytes[at] = withEnd(value === 0 ? records.zero : records.one);
    out.length = at + 1;
  } else if (value >= -0x80 && value < 0x80) {
    bytes[at] = withEnd(records.int8);
    out.length = bytes.writeInt8(value, at + 1);
  } else if (value >= -0x8000 && value < 0x8000) {
    bytes[at] = withEnd(records.int16);
    out.length = bytes.writeInt16LE(value, at + 1);
  } else {
    bytes[at] = withEnd(records.int32);
    out.length = bytes.writeInt32LE(value, at + 1);
  }
};

/** A long in the shortest record that holds it; the reader knows from `i:type` that it is one. */
export const writeLong = (out: ByteBuffer, value: bigint): void => {
  if (BigInt.asIntN(32, value) === value) {
    writeInt(out, Number(value));
    return;
  }
  out.byte(withEnd(records.int64));
  rawLong(out, value);
};

export const rawLong = (out: ByteBuffer, value: bigint): void => {
  out.room(8);
  out.length = out.bytes.writeBigInt64LE(value, out.length);
};

export const rawInt = (out: ByteBuffer, value: number): void => {
  out.room(4);
  out.length = out.bytes.writeInt32LE(value, out.length);
};

export const rawDouble = (out: ByteBuffer, value: number): void => {
  out.room(8);
  out.length = out.bytes.writeDoubleLE(value, out.length);
};

/** A double as an integer record where it is one (so -0 becomes 0, as in .NET), as a float where that is exact. */
export const writeDouble = (out: ByteBuffer, value: number): void => {
  const isFloat = Number.isFinite(value) && Math.fround(value) === value;
  if (isFloat && Number.isInteger(value) && Math.abs(value) < 2 ** 63) {
    writeLong(out, BigInt(value));
    return;
  }
  out.room(9);
  out.bytes[out.length] = withEnd(isFloat ? records.float : records.double);
  out.length = isFloat
    ? out.bytes.writeFloatLE(value, out.length + 1)
    : out.bytes.writeDoubleLE(value, out.length + 1);
};

/** 16 bytes: sign and scale, high 32 bits, low 64 bits. */
const decimalBytes = (out: ByteBuffer, negative: boolean, scale: number, high: number, low: number): void => {
  out.room(16);
  const { bytes } = out;
  bytes.writeInt32LE((scale << 16) | (negative ? 1 << 31 : 0), out.length);
  bytes.writeUInt32LE(high, out.length + 4);
  bytes.writeUInt32LE(low % two32, out.length + 8);
  out.length = bytes.writeUInt32LE(Math.floor(low / two32), out.length + 12);
};

export const writeDecimal = (out: ByteBuffer, { negative, mantissa, scale }: Decimal): void => {
  decimalBytes(out, negative, scale, Number(mantissa >> 64n), 0);
  out.bytes.writeBigUInt64LE(mantissa & 0xffffffffffffffffn, out.length - 8);
};

/** A decimal of at most 15 digits, straight from its text. */
export const writeShortDecimal = (out: ByteBuffer, text: Uint8Array, start: number, end: number): void => {
  const negative = text[start] === 0x2d;
  let mantissa = 0;
  let scale = 0;
  for (let at = negative ? start + 1 : start; at < end; at += 1) {
    const byte = text[at] as number;
    if (byte === 0x2e) scale = end - at - 1;
    else mantissa = mantissa * 10 + (byte - 0x30);
  }
  decimalBytes(out, negative, scale, 0, mantissa);
};

/** The kind in the top two bits of the high half. */
const kindBits = { unspecified: 0, utc: 0x40000000, local: 0x80000000 };

/** Ticks since year 1 in the low 62 bits, the kind above; a local time is kept as its instant. */
export const writeDateTime = (out: ByteBuffer, { ms, ticks, kind, offsetMinutes }: DateTimeParts): void => {
  // Ticks need 62 bits, numbers have 53: the product is taken in two parts of 24 bits and the rest.
  const sinceYearOne = ms - offsetMinutes * 60_000 - firstMs;
  const upper = Math.floor(sinceYearOne / 0x1000000) * 10_000;
  const lower = (sinceYearOne % 0x1000000) * 10_000 + ticks + (upper % 0x100) * 0x1000000;
  const high = Math.floor(upper / 0x100) + Math.floor(lower / two32);
  out.room(8);
  out.bytes.writeUInt32LE(lower % two32, out.length);
  out.length = out.bytes.writeUInt32LE(high + kindBits[kind], out.length + 4);
};
