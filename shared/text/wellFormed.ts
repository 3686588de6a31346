/** A text without lone surrogates, which UTF-8 cannot carry; each becomes U+FFFD. */
export const wellFormed = (text: string): string => text.replace(/\p{Surrogate}/gu, '\uFFFD');

/**
 * The same without the control characters that storage may refuse; line breaks and tabs stay. U+2028 and U+2029 become
 * plain line breaks: Azurite cannot read a transaction that has them.
 */
export const storable = (text: string): string =>
  wellFormed(text.replace(/[\u2028\u2029]/g, '\n')).replace(/[^\t\n\r\P{Cc}]|[\uFFFE\uFFFF]/gu, '\uFFFD');
