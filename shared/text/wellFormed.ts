/** A text without lone surrogates, which UTF-8 cannot carry; each becomes U+FFFD. */
export const wellFormed = (text: string): string => text.replace(/\p{Surrogate}/gu, '\uFFFD');

/** The same without the control characters that storage may refuse; line breaks and tabs stay. */
export const storable = (text: string): string =>
  wellFormed(text).replace(/[^\t\n\r\P{Cc}]|[\uFFFE\uFFFF]/gu, '\uFFFD');
