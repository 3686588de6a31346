/** Longest answer that is read; the rest is dropped. */
const longestBytes = 64 * 1024;

/** The body of an answer as text, as far as it is kept. */
export const readText = async (response: Response): Promise<string> => {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of response.body ?? []) {
    const chunk = part as Uint8Array;
    parts.push(chunk.subarray(0, longestBytes - bytes));
    bytes += chunk.byteLength;
    if (bytes >= longestBytes) break;
  }
  return new TextDecoder().decode(Buffer.concat(parts));
};
