import * as numbers from './binaryNumbers.ts';
import type { ByteBuffer } from './byteBuffer.ts';
import type { Element } from './markup.ts';
import { endElement, records, withEnd } from './records.ts';
import type { ArrayValues } from './sink.ts';

const itemRecords = {
  int: records.int32,
  long: records.int64,
  double: records.double,
  decimal: records.decimal,
  dateTime: records.dateTime,
  boolean: records.boolean,
} as const;

/** A length in groups of seven bits, lowest first. */
const writeCount = (out: ByteBuffer, count: number): void => {
  let rest = count;
  for (; rest >= 0x80; rest >>>= 7) out.byte((rest & 0x7f) | 0x80);
  out.byte(rest);
};

/** One array record: the item's element once, the type of its values, their number, and the values without more. */
export const writeBinaryArray = (out: ByteBuffer, item: Element, array: ArrayValues): void => {
  if (array.values.length === 0) return;
  out.byte(records.array);
  out.fragment(item.record);
  out.byte(endElement);
  out.byte(withEnd(itemRecords[array.kind]));
  writeCount(out, array.values.length);
  writeValues(out, array);
};

const writeValues = (out: ByteBuffer, array: ArrayValues): void => {
  if (array.kind === 'int') for (const value of array.values) numbers.rawInt(out, value);
  else if (array.kind === 'long') for (const value of array.values) numbers.rawLong(out, value);
  else if (array.kind === 'double') for (const value of array.values) numbers.rawDouble(out, value);
  else if (array.kind === 'decimal') for (const value of array.values) numbers.writeDecimal(out, value);
  else if (array.kind === 'dateTime') for (const value of array.values) numbers.writeDateTime(out, value);
  else for (const value of array.values) out.byte(value ? 1 : 0);
};
