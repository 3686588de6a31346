/**
 * JSON as Newtonsoft.Json writes it again after reading it, which is what happens to every payload on its way in:
 * no white space, decimals as doubles (1.10 becomes 1.1, 1e3 becomes 1000.0), whole numbers of any length unchanged,
 * members in their order.
 */
const tokens = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|[{}[\],:]|true|false|null/g;

const isDecimal = /[.eE]/;

const doubleText = (token: string): string => {
  const text = String(Number(token));
  return /^-?\d+$/.test(text) ? `${text}.0` : text;
};

const rewrite = (token: string): string => {
  if (token.startsWith('"')) return token.includes('\\') ? JSON.stringify(JSON.parse(token)) : token;
  return isDecimal.test(token) && /^-?\d/.test(token) ? doubleText(token) : token;
};

/**
 * The compact form of a JSON text.
 *
 * @throws SyntaxError when the text is not JSON.
 */
export const compactJson = (text: string): string => {
  JSON.parse(text);
  return (text.match(tokens) ?? []).map(rewrite).join('');
};

/** A stored payload as a status shows it: JSON when it is JSON, else the text itself. */
export const shownAsJson = (text: string | null): string => {
  if (text === null) return 'null';
  const trimmed = text.trim();
  if (trimmed === '') return '""';
  try {
    JSON.parse(trimmed);
    return trimmed;
  } catch {
    return JSON.stringify(trimmed);
  }
};
