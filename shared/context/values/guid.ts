const form = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export const emptyGuid = '00000000-0000-0000-0000-000000000000';

/** A guid in .NET's form D, in lower case; undefined when the text is none. */
export const parseGuid = (text: string): string | undefined => {
  const lower = text.toLowerCase();
  return form.test(lower) ? lower : undefined;
};

const hexDigit = new Uint8Array(256);
for (const digit of '0123456789abcdefABCDEF') hexDigit[digit.charCodeAt(0)] = 1;

/** Whether 36 bytes are a guid in form D. */
export const isGuidAt = (bytes: Uint8Array, start: number, end: number): boolean => {
  if (end - start !== 36) return false;
  for (let index = 0; index < 36; index += 1) {
    const byte = bytes[start + index] as number;
    const isDash = index === 8 || index === 13 || index === 18 || index === 23;
    if (isDash ? byte !== 0x2d : hexDigit[byte] !== 1) return false;
  }
  return true;
};
