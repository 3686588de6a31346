import { decodeValue } from '../wire/decode.ts';

/**
 * A value of a filter expression. Undefined is "unknown": a property that is not there, or null. Integers are
 * `bigint` and doubles `number`, since operators follow C# (Service Bus documentation, "Operator binding semantics").
 */
export type SqlValue = undefined | boolean | bigint | number | string | Date;

/** Constructors of integers (AMQP 1.0 part 1, "Type encodings"). */
const integerCodes = new Set([0x43, 0x44, 0x50, 0x51, 0x52, 0x53, 0x54, 0x55, 0x60, 0x61, 0x70, 0x71]);
const ulongCode = 0x80;
const longCode = 0x81;

/** A uuid as .NET writes it; other bytes as hexadecimal digits. */
const bytesAsText = (bytes: Buffer): string => {
  const hex = bytes.toString('hex');
  return bytes.length === 16 ? hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-') : hex;
};

/** Reads an encoded AMQP value; lists and maps are unknown. */
export const sqlValueOf = (encoded: Buffer): SqlValue => {
  const code = encoded[0] ?? 0;
  if (code === longCode) return encoded.readBigInt64BE(1);
  if (code === ulongCode) return encoded.readBigUInt64BE(1);
  const value = decodeValue(encoded, 0);
  if (typeof value === 'number') return integerCodes.has(code) ? BigInt(value) : value;
  if (Buffer.isBuffer(value)) return bytesAsText(value);
  if (value === null || Array.isArray(value) || value instanceof Map) return undefined;
  return value;
};

type Numeric = bigint | number;
export const isNumeric = (value: SqlValue): value is Numeric =>
  typeof value === 'number' || typeof value === 'bigint';

/** -1, 0 or 1; undefined when C# could not compare the two. */
export const compare = (left: SqlValue, right: SqlValue): number | undefined => {
  if (isNumeric(left) && isNumeric(right)) return left < right ? -1 : left > right ? 1 : 0;
  if (typeof left === 'string' && typeof right === 'string') return left < right ? -1 : left > right ? 1 : 0;
  if (left instanceof Date && right instanceof Date) return Math.sign(left.getTime() - right.getTime());
  if (typeof left === 'boolean' && typeof right === 'boolean') return left === right ? 0 : left ? 1 : -1;
  return undefined;
};

/** Unknown when one side is unknown, or the two are of types that are never equal in C#. */
export const equals = (left: SqlValue, right: SqlValue): boolean | undefined => {
  const order = compare(left, right);
  return order === undefined ? undefined : order === 0;
};
