const form = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export const emptyGuid = '00000000-0000-0000-0000-000000000000';

/** A guid in .NET's form D, in lower case; undefined when the text is none. */
export const parseGuid = (text: string): string | undefined => {
  const lower = text.toLowerCase();
  return form.test(lower) ? lower : undefined;
};

/** What a byte can be in a guid: a digit or small letter (1), a capital (2), a dash (4). */
const guidClass = new Uint8Array(256);
for (const digit of '0123456789abcdef') guidClass[digit.charCodeAt(0)] = 1;
for (const digit of 'ABCDEF') guidClass[digit.charCodeAt(0)] = 2;
guidClass[0x2d] = 4;

/** How the bytes of a range form a guid of form D. */
export const guidAt = (bytes: Uint8Array, start: number, end: number): 'lower' | 'mixed' | 'none' => {
  if (end - start !== 36) return 'none';
  let seen = 0;
  for (let index = 0; index < 36; index += 1) {
    const found = guidClass[bytes[start + index] as number] as number;
    const isDash = index === 8 || index === 13 || index === 18 || index === 23;
    if (found === 0 || isDash !== (found === 4)) return 'none';
    seen |= found;
  }
  return (seen & 2) === 0 ? 'lower' : 'mixed';
};
