/** Record types of [MC-NBFX] that we write. A value's type plus one also ends the element that holds it. */
export const records = {
  array: 0x03,
  zero: 0x80,
  one: 0x82,
  false: 0x84,
  true: 0x86,
  int8: 0x88,
  int16: 0x8a,
  int32: 0x8c,
  int64: 0x8e,
  float: 0x90,
  double: 0x92,
  decimal: 0x94,
  dateTime: 0x96,
  chars8: 0x98,
  chars16: 0x9a,
  chars32: 0x9c,
  bytes8: 0x9e,
  bytes16: 0xa0,
  bytes32: 0xa2,
  boolean: 0xb4,
  unicodeChars8: 0xb6,
  unicodeChars16: 0xb8,
  unicodeChars32: 0xba,
} as const;

export const endElement = 0x01;

export const withEnd = (record: number): number => record + 1;
