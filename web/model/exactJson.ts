/** Strings as they are, to be left alone; and numbers. */
const token = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

const mark = '#';

const kept = (found: string): string =>
  found.startsWith('"') || String(Number(found)) === found ? found : `{"${mark}":"${found}"}`;

/**
 * Parses JSON and loses no digit: a number that JavaScript would write otherwise (`100.0000`, integers over 2^53)
 * becomes a value that {@link exactNumber} reads.
 *
 * @throws SyntaxError
 */
export const parseExact = (text: string): unknown => JSON.parse(text.replace(token, kept));

/** The digits of such a number; undefined for any other value. */
export const exactNumber = (value: unknown): string | undefined => {
  if (typeof value !== 'object' || value === null || !(mark in value)) return undefined;
  const { [mark]: digits } = value;
  return typeof digits === 'string' && Object.keys(value).length === 1 ? digits : undefined;
};
