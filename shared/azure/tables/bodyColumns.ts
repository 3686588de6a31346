import { deflateRawSync, inflateRawSync } from 'node:zlib';

/** A binary property of a table row holds at most this many bytes. */
const columnBytes = 64 * 1024;

/** Smaller bodies are stored as they are: compressing would cost more than it saves. */
const compressFromBytes = 4 * 1024;

/**
 * The fastest level: JSON of Dataverse still shrinks to about a fifth. Most of the time would go into making the standard
 * window of 32 KiB and its tables, for bodies of 10 KiB (measured: 26 instead of 186 microseconds).
 */
const options = { level: 1, windowBits: 14, memLevel: 7 } as const;

export type BodyEncoding = 'identity' | 'deflate-raw';

/** The columns that hold a body: `body0`, `body1`, ... and how they are to be read. */
export interface BodyColumns {
  readonly bodyEncoding: BodyEncoding;
  readonly [column: `body${number}`]: Uint8Array;
}

const encode = (body: Uint8Array): { encoding: BodyEncoding; bytes: Uint8Array } => {
  if (body.byteLength < compressFromBytes) return { encoding: 'identity', bytes: body };
  const packed = deflateRawSync(body, options);
  return packed.byteLength < body.byteLength
    ? { encoding: 'deflate-raw', bytes: packed }
    : { encoding: 'identity', bytes: body };
};

/** Splits a body over as many columns as it needs. */
export const toBodyColumns = (body: Uint8Array): BodyColumns => {
  const { encoding, bytes } = encode(body);
  const columns: Record<`body${number}`, Uint8Array> = {};
  for (let index = 0; index * columnBytes < bytes.byteLength; index += 1) {
    columns[`body${index}`] = bytes.subarray(index * columnBytes, (index + 1) * columnBytes);
  }
  return { bodyEncoding: encoding, ...columns };
};

/** @throws Error when a column is missing or damaged. */
export const fromBodyColumns = (row: Readonly<Record<string, unknown>>): Uint8Array => {
  const parts: Uint8Array[] = [];
  for (let part = row['body0'], index = 1; part instanceof Uint8Array; index += 1) {
    parts.push(part);
    part = row[`body${index}`];
  }
  const bytes = parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts);
  return row['bodyEncoding'] === 'deflate-raw'
    ? inflateRawSync(bytes, { windowBits: options.windowBits })
    : bytes;
};
