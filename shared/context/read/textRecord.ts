import { firstMs, lastMs, xmlDateText } from '../values/dateTime.ts';
import { decimalText } from '../values/decimal.ts';
import { doubleText } from '../values/double.ts';
import { records } from '../write/records.ts';
import type { ByteSource } from './byteSource.ts';

/** Records that .NET writes elsewhere, and a reader should take. */
const others = { empty: 0xa8, uniqueId: 0xac, uuid: 0xb0, uint64: 0xb2 } as const;

/** Bytes of one item of an array of this record type. */
export const sizeOfItem = (source: ByteSource, record: number): number => {
  const size = itemSizes[record];
  return size ?? source.fail(`has an array of records 0x${record.toString(16)}`);
};

const itemSizes: Readonly<Record<number, number>> = {
  [records.boolean]: 1,
  [records.int16]: 2,
  [records.int32]: 4,
  [records.int64]: 8,
  [records.float]: 4,
  [records.double]: 8,
  [records.decimal]: 16,
  [records.dateTime]: 8,
  [others.uuid]: 16,
};

/** The value of a record (without its end bit), as the text that XML has for it. */
export const readTextRecord = (source: ByteSource, record: number): string => {
  switch (record) {
    case records.zero:
      return '0';
    case records.one:
      return '1';
    case records.false:
      return 'false';
    case records.true:
      return 'true';
    case records.boolean:
      return source.byte() === 0 ? 'false' : 'true';
    case records.chars8:
      return source.utf8(source.byte());
    case records.chars16:
      return source.utf8(length(source, 2));
    case records.chars32:
      return source.utf8(length(source, 4));
    case records.unicodeChars8:
      return utf16(source, source.byte());
    case records.unicodeChars16:
      return utf16(source, length(source, 2));
    case records.unicodeChars32:
      return utf16(source, length(source, 4));
    case records.bytes8:
      return source.slice(source.byte()).toString('base64');
    case records.bytes16:
      return source.slice(length(source, 2)).toString('base64');
    case records.bytes32:
      return source.slice(length(source, 4)).toString('base64');
    case others.empty:
      return '';
    default:
      return readNumberRecord(source, record);
  }
};

const readNumberRecord = (source: ByteSource, record: number): string => {
  const { bytes } = source;
  switch (record) {
    case records.int8:
      return String(bytes.readInt8(source.take(1)));
    case records.int16:
      return String(bytes.readInt16LE(source.take(2)));
    case records.int32:
      return String(bytes.readInt32LE(source.take(4)));
    case records.int64:
      return bytes.readBigInt64LE(source.take(8)).toString();
    case others.uint64:
      return bytes.readBigUInt64LE(source.take(8)).toString();
    case records.float:
      return doubleText(bytes.readFloatLE(source.take(4)));
    case records.double:
      return doubleText(bytes.readDoubleLE(source.take(8)));
    case records.decimal:
      return decimalRecord(source);
    case records.dateTime:
      return dateRecord(source);
    case others.uuid:
      return guidRecord(source);
    case others.uniqueId:
      return `urn:uuid:${guidRecord(source)}`;
    default:
      return source.fail(`has a record 0x${record.toString(16)} where text must be`);
  }
};

const length = (source: ByteSource, size: 2 | 4): number =>
  size === 2 ? source.bytes.readUInt16LE(source.take(2)) : source.bytes.readInt32LE(source.take(4));

const utf16 = (source: ByteSource, count: number): string => {
  if (count % 2 !== 0) source.fail('has UTF-16 text of an odd length');
  return source.slice(count).toString('utf16le');
};

const decimalRecord = (source: ByteSource): string => {
  const { bytes } = source;
  const at = source.take(16);
  const scale = bytes.readUInt8(at + 2);
  if (scale > 28) source.fail('has a decimal of more than 28 places');
  const mantissa = (BigInt(bytes.readUInt32LE(at + 4)) << 64n) | bytes.readBigUInt64LE(at + 8);
  return decimalText({ negative: (bytes.readUInt8(at + 3) & 0x80) !== 0, mantissa, scale });
};

const dateRecord = (source: ByteSource): string => {
  const value = source.bytes.readBigUInt64LE(source.take(8));
  const all = value & 0x3fffffffffffffffn;
  const ms = Number(all / 10_000n) + firstMs;
  if (ms > lastMs) source.fail('has a date after the year 9999');
  const kind = (['unspecified', 'utc', 'local', 'local'] as const)[Number(value >> 62n)] ?? 'local';
  return xmlDateText({ ms, ticks: Number(all % 10_000n), kind, offsetMinutes: 0 });
};

/** .NET keeps the first three groups of a guid in little-endian order. */
const guidRecord = (source: ByteSource): string => {
  const { bytes } = source;
  const at = source.take(16);
  const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0');
  const rest = bytes.toString('hex', at + 8, at + 16);
  const first = hex(bytes.readUInt32LE(at), 8);
  const middle = `${hex(bytes.readUInt16LE(at + 4), 4)}-${hex(bytes.readUInt16LE(at + 6), 4)}`;
  return `${first}-${middle}-${rest.slice(0, 4)}-${rest.slice(4)}`;
};
