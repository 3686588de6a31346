/** A JSON Schema (2020-12, the dialect of OpenAPI 3.1). */
export type Schema = Readonly<Record<string, unknown>>;

export type Properties = Readonly<Record<string, Schema>>;

export const text = (description: string, more: Schema = {}): Schema => ({
  type: 'string',
  description,
  ...more,
});

/** No control characters and no half of a surrogate pair, which neither a table nor UTF-8 takes. */
export const linePattern = '^[^\\p{Cc}\\p{Cs}]*$';

/** At least one character that can be seen. */
export const notBlankPattern = '\\S';

/** A short text on one line, as a name or an id is. */
export const line = (description: string): Schema =>
  text(description, { maxLength: 256, pattern: linePattern });

/** A time as every answer writes it: ISO 8601 in UTC. */
export const time = (description: string): Schema => text(description, { format: 'date-time' });

/** A time in a query, or a day for its start in UTC. */
export const timeOrDay = (description: string): Schema => text(description, { format: 'time-or-day' });

/** A flag of a query: `true`, or absent. */
export const onlyTrue = (description: string): Schema => ({ type: 'boolean', const: true, description });

export const integer = (description: string, more: Schema = {}): Schema => ({
  type: 'integer',
  description,
  ...more,
});

export const count = (description: string): Schema => integer(description, { minimum: 0 });

export const flag = (description: string): Schema => ({ type: 'boolean', description });

export const oneOf = (description: string, values: readonly string[]): Schema => ({
  type: 'string',
  enum: values,
  description,
});

export const list = (items: Schema, description?: string): Schema => ({
  type: 'array',
  items,
  ...(description === undefined ? {} : { description }),
});

/** Something that may be null; of an enumeration null becomes a value. */
export const orNull = (schema: Schema): Schema => {
  const { type, enum: values, description, ...rest } = schema;
  if (type === undefined) {
    const about = description === undefined ? {} : { description };
    return { ...about, anyOf: [rest, { type: 'null' }] };
  }
  return {
    type: [type, 'null'],
    ...(Array.isArray(values) ? { enum: [...(values as unknown[]), null] } : {}),
    ...(description === undefined ? {} : { description }),
    ...rest,
  };
};

/**
 * An object whose members all stand in every answer, but for the optional ones. Published schemas are open, so that a
 * later version may add members; the tests hold answers to exactly what is described.
 */
export const object = (required: Properties, optional: Properties = {}, description?: string): Schema => ({
  type: 'object',
  ...(description === undefined ? {} : { description }),
  required: Object.keys(required),
  properties: { ...required, ...optional },
});

/** A schema of the document's components, by its name. */
export const ref = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });
