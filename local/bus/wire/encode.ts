/** The few AMQP 1.0 encodings (part 1, "Type encodings") that the broker itself writes. */

const withCode = (code: number, width: number, write: (bytes: Buffer) => void): Buffer => {
  const bytes = Buffer.allocUnsafe(1 + width);
  bytes[0] = code;
  write(bytes);
  return bytes;
};

const sized = (shortCode: number, longCode: number, content: Buffer): Buffer =>
  content.length < 256
    ? Buffer.concat([Buffer.from([shortCode, content.length]), content])
    : Buffer.concat([withCode(longCode, 4, (bytes) => bytes.writeUInt32BE(content.length, 1)), content]);

export const encodeNull = (): Buffer => Buffer.from([0x40]);
export const encodeBoolean = (value: boolean): Buffer => Buffer.from([value ? 0x41 : 0x42]);
export const encodeUbyte = (value: number): Buffer => Buffer.from([0x50, value]);
export const encodeUint = (value: number): Buffer =>
  withCode(0x70, 4, (bytes) => bytes.writeUInt32BE(value, 1));
export const encodeInt = (value: number): Buffer =>
  withCode(0x71, 4, (bytes) => bytes.writeInt32BE(value, 1));
export const encodeLong = (value: number): Buffer =>
  withCode(0x81, 8, (bytes) => bytes.writeBigInt64BE(BigInt(value), 1));
export const encodeUlong = (value: bigint): Buffer =>
  withCode(0x80, 8, (bytes) => bytes.writeBigUInt64BE(value, 1));
export const encodeDouble = (value: number): Buffer =>
  withCode(0x82, 8, (bytes) => bytes.writeDoubleBE(value, 1));
export const encodeTimestamp = (timeMs: number): Buffer =>
  withCode(0x83, 8, (bytes) => bytes.writeBigInt64BE(BigInt(Math.trunc(timeMs)), 1));
export const encodeString = (value: string): Buffer => sized(0xa1, 0xb1, Buffer.from(value, 'utf8'));
export const encodeSymbol = (value: string): Buffer => sized(0xa3, 0xb3, Buffer.from(value, 'ascii'));
export const encodeBinary = (value: Buffer): Buffer => sized(0xa0, 0xb0, value);
export const encodeUuid = (value: Buffer): Buffer => Buffer.concat([Buffer.from([0x98]), value]);

const compound = (code: number, items: readonly Buffer[], count: number): Buffer => {
  let length = 0;
  for (const item of items) length += item.length;
  const start = withCode(code, 8, (bytes) => {
    bytes.writeUInt32BE(length + 4, 1);
    bytes.writeUInt32BE(count, 5);
  });
  return Buffer.concat([start, ...items], length + 9);
};

export const encodeList = (items: readonly Buffer[]): Buffer => compound(0xd0, items, items.length);

/** `keysAndValues` in turn. One item may hold several pairs already encoded when `count` says how many values. */
export const encodeMap = (keysAndValues: readonly Buffer[], count = keysAndValues.length): Buffer =>
  compound(0xd1, keysAndValues, count);

/** An array of values that share the encoding of the first one; `values` may not be empty. */
export const encodeArray = (values: readonly Buffer[]): Buffer => {
  const code = values[0]?.subarray(0, 1) ?? encodeNull();
  return compound(0xf0, [code, ...values.map((value) => value.subarray(1))], values.length);
};

/** A value with a descriptor; the services' own descriptors are unsigned longs. */
export const encodeDescribed = (descriptor: bigint, value: Buffer): Buffer =>
  Buffer.concat([Buffer.from([0x00]), encodeUlong(descriptor), value]);

/** A message section (AMQP 1.0 part 3, "Message format"), by its descriptor code. */
export const encodeSection = (code: number, value: Buffer): Buffer =>
  Buffer.concat([Buffer.from([0x00, 0x53, code]), value]);
