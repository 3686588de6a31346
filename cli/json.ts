/** An object as the app answered it. Members are read one by one, since the app may be older or newer than this program. */
export type Json = Readonly<Record<string, unknown>>;

export const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The object, or an empty one. */
export const objectAt = (from: Json, name: string): Json => {
  const value = from[name];
  return isJson(value) ? value : {};
};

/** The objects of a list; empty when there is none. */
export const objectsAt = (from: Json, name: string): readonly Json[] => {
  const value: unknown = from[name];
  return Array.isArray(value) ? value.filter(isJson) : [];
};

export const textsAt = (from: Json, name: string): readonly string[] => {
  const value: unknown = from[name];
  return Array.isArray(value) ? value.map(String) : [];
};

/** Text or number as text; empty for what is absent or null. */
export const textAt = (from: Json, name: string): string => {
  const value = from[name];
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : '';
};

export const numberAt = (from: Json, name: string): number => {
  const value = from[name];
  return typeof value === 'number' ? value : 0;
};

const outOfSight = /[\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/**
 * JSON that a terminal shows and does not obey: JSON.stringify escapes control characters below 32 only.
 *
 * @param indent spaces of each level; 0 gives one line.
 */
export const jsonText = (value: unknown, indent = 2): string =>
  JSON.stringify(value, undefined, indent).replace(
    outOfSight,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
