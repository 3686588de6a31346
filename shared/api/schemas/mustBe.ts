import { linePattern, notBlankPattern, type Schema } from './schema.ts';

const times: Readonly<Record<string, string>> = {
  'date-time': 'a time like 2026-11-24T08:30:00Z',
  'time-or-day': 'a time like 2026-11-24 or 2026-11-24T08:30:00Z',
  uuid: 'an id like 00e366c7-ed49-4aa9-a24a-7721aaf117e2',
};

/** What a pattern asks for beside the length. */
const rules: Readonly<Record<string, string>> = {
  [linePattern]: ', none of them a control character',
  [notBlankPattern]: ', not all of them blank',
};

const show = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

const ofNumber = ({ type, minimum, maximum }: Schema): string => {
  const kind = type === 'integer' ? 'a whole number' : 'a number';
  if (minimum === undefined && maximum === undefined) return kind;
  return maximum === undefined
    ? `${kind} of at least ${show(minimum)}`
    : `${kind} from ${show(minimum ?? 0)} to ${show(maximum)}`;
};

const ofText = ({ format, minLength, maxLength, pattern }: Schema): string => {
  const known = typeof format === 'string' ? times[format] : undefined;
  if (known !== undefined) return known;
  const least = typeof minLength === 'number' && minLength > 0 ? `${minLength} to ` : 'at most ';
  const rule = (typeof pattern === 'string' ? rules[pattern] : undefined) ?? '';
  return maxLength === undefined ? 'text' : `text of ${least}${show(maxLength)} characters${rule}`;
};

const ofList = ({ enum: values }: Schema): string =>
  Array.isArray(values) ? `one or some of ${values.map(show).join(', ')}` : 'a list';

/** What a value must be to fit a simple schema, to be read by people: "one of a, b", "a whole number from 1 to 200". */
export const mustBe = (schema: Schema): string => {
  const { anyOf, type, enum: values, const: only, items } = schema;
  if (only !== undefined) return `${show(only)}, or absent`;
  if (Array.isArray(anyOf)) return (anyOf as Schema[]).map(mustBe).join(', or ');
  if (Array.isArray(values)) return `one of ${values.map(show).join(', ')}`;
  if (type === 'integer' || type === 'number') return ofNumber(schema);
  if (type === 'boolean') return 'true or false';
  if (type === 'array') return ofList((items ?? {}) as Schema);
  return type === 'object' ? 'an object' : ofText(schema);
};
