/** The same bytes as a Buffer: Azure's SDKs send one as a data section with exactly these, anything else as JSON. */
export const bufferOf = (bytes: Uint8Array): Buffer =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
