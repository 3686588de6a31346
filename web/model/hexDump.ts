const bytesALine = 16;

const hexOf = (byte: number): string => byte.toString(16).padStart(2, '0');

const letterOf = (byte: number): string => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '·');

/** Lines of a binary body as people read it: offset, sixteen bytes in hexadecimal, the same as letters. */
export const hexDump = (bytes: Uint8Array): string => {
  const lines: string[] = [];
  for (let offset = 0; offset < bytes.length; offset += bytesALine) {
    const line = [...bytes.subarray(offset, offset + bytesALine)];
    const hex = line
      .map(hexOf)
      .join(' ')
      .padEnd(bytesALine * 3 - 1);
    lines.push(`${offset.toString(16).padStart(8, '0')}  ${hex}  ${line.map(letterOf).join('')}`);
  }
  return lines.join('\n');
};

/** Bytes of a text in base64. */
export const fromBase64 = (text: string): Uint8Array =>
  Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
