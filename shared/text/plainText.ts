/**
 * A text from outside as it can be stored, logged and shown on one line: at most `longest` characters, line breaks and
 * tabs as spaces, other control characters and lone surrogates as U+FFFD.
 */
export const plainText = (value: string, longest: number): string =>
  value
    .slice(0, longest)
    .replace(/[\t\n\r]+/g, ' ')
    .replace(/[\p{Surrogate}\p{Cc}]/gu, '\uFFFD');
