/** A text without lone surrogates, which UTF-8 cannot carry; each becomes U+FFFD. */
export const wellFormed = (text: string): string => text.replace(/\p{Surrogate}/gu, '\uFFFD');
