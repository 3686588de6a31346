/**
 * A text from outside as it can be stored, logged and shown on one line: at most `longest` characters, line breaks and
 * tabs as spaces, other control characters and lone surrogates as U+FFFD. Line breaks are U+2028 and U+2029, too:
 * JavaScript ends lines at them, and Azurite cannot read a transaction that has them.
 */
export const plainText = (value: string, longest: number): string =>
  value
    .slice(0, longest)
    .replace(/[\t\n\r\u2028\u2029]+/g, ' ')
    .replace(/[\p{Surrogate}\p{Cc}]/gu, '\uFFFD');
