const short: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '/': '\\/',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

const escaped = /["\\/\u0000-\u001f\u0085\u2028\u2029\ud800-\udfff\ufffe\uffff]/g;

/** A JSON string with the escapes of .NET's serializer: `/` too, and surrogates even in pairs. */
export const jsonString = (text: string): string =>
  `"${text.replace(
    escaped,
    (character) => short[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )}"`;
