import type { ByteBuffer } from './byteBuffer.ts';
import { endElement, records, withEnd } from './records.ts';

/**
 * Longest text, in UTF-16 units, whose record always ends its element too. .NET does so for longer text only when its
 * output buffer happens not to be flushed in between; readers take both, so longer text never does here.
 */
const longestFused = 85;

/** The same for bytes: as many as text of that length can have. */
const longestFusedBytes = longestFused * 3;

/** Record type by the length of what follows: one, two or four bytes of length, little-endian. */
const lengthRecord = (out: ByteBuffer, type8: number, length: number, fused: boolean): void => {
  out.room(5);
  const { bytes } = out;
  const at = out.length;
  const size = length < 0x100 ? 1 : length < 0x10000 ? 2 : 4;
  bytes[at] = type8 + (size === 1 ? 0 : size === 2 ? 2 : 4) + (fused ? 1 : 0);
  bytes[at + 1] = length & 0xff;
  if (size > 1) bytes[at + 2] = (length >> 8) & 0xff;
  if (size > 2) {
    bytes[at + 3] = (length >> 16) & 0xff;
    bytes[at + 4] = length >>> 24;
  }
  out.length = at + 1 + size;
};

const writeRecord = (
  out: ByteBuffer,
  type8: number,
  bytes: Uint8Array,
  start: number,
  end: number,
  units: number,
): void => {
  const fused = units <= longestFused;
  lengthRecord(out, type8, end - start, fused);
  out.copy(bytes, start, end);
  if (!fused) out.byte(endElement);
};

/** ASCII text, with the end of its element. Empty text has no record, and "0" and "1" have records of their own. */
export const writeText = (out: ByteBuffer, bytes: Uint8Array, start: number, end: number): void => {
  const length = end - start;
  if (length === 0) {
    out.byte(endElement);
    return;
  }
  if (length === 1 && bytes[start] === 0x30) {
    out.byte(withEnd(records.zero));
    return;
  }
  if (length === 1 && bytes[start] === 0x31) {
    out.byte(withEnd(records.one));
    return;
  }
  writeRecord(out, records.chars8, bytes, start, end, length);
};

/** Text with characters beyond ASCII: as UTF-16 where that is shorter by .NET's measure, else as UTF-8. */
export const writeWideText = (out: ByteBuffer, bytes: Uint8Array, start: number, end: number): void => {
  const units = utf16Units(bytes, start, end);
  if (Math.floor((end - start) / 2) <= units) {
    writeRecord(out, records.chars8, bytes, start, end, units);
    return;
  }
  const text = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('utf8');
  const utf16 = Buffer.from(text, 'utf16le');
  writeRecord(out, records.unicodeChars8, utf16, 0, utf16.length, units);
};

/** Every byte that does not continue a character begins one; those of four bytes need two units. */
const utf16Units = (bytes: Uint8Array, start: number, end: number): number => {
  let units = 0;
  for (let at = start; at < end; at += 1) {
    const byte = bytes[at] as number;
    if ((byte & 0xc0) !== 0x80) units += byte >= 0xf0 ? 2 : 1;
  }
  return units;
};

/** Bytes, with the end of their element: one record of whole groups of three, then one of what is left. */
export const writeBytes = (out: ByteBuffer, bytes: Uint8Array): void => {
  if (bytes.length === 0) {
    out.byte(endElement);
    return;
  }
  const whole = bytes.length - (bytes.length % 3);
  const fused = whole === bytes.length && whole <= longestFusedBytes;
  if (whole > 0) {
    lengthRecord(out, records.bytes8, whole, fused);
    out.copy(bytes, 0, whole);
  }
  if (whole < bytes.length) {
    lengthRecord(out, records.bytes8, bytes.length - whole, true);
    out.copy(bytes, whole, bytes.length);
  } else if (!fused) out.byte(endElement);
};
