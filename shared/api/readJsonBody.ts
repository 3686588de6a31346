import type { ErrorObject } from 'ajv';
import { plainText } from '../text/plainText.ts';
import { checkOf } from './schemas/checks.ts';
import { mustBe } from './schemas/mustBe.ts';
import type { Properties, Schema } from './schemas/schema.ts';

export type BodyRead<Body> =
  { readonly kind: 'read'; readonly body: Body } | { readonly kind: 'faulty'; readonly faults: string[] };

const longestShown = 100;

const shown = (name: string): string => plainText(name, longestShown);

/** Where a value stands, for people: "filter.ids.3"; the whole body has no name. */
const placeOf = (pointer: string): string =>
  shown(
    pointer
      .split('/')
      .slice(1)
      .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
      .join('.'),
  );

const below = (place: string, name: string): string => (place === '' ? name : `${place}.${name}`);

const describe = ({ instancePath, keyword, params, parentSchema }: ErrorObject): string => {
  const place = placeOf(instancePath);
  const schema = (parentSchema ?? {}) as Schema;
  const members = (schema['properties'] ?? {}) as Properties;
  const { additionalProperty, missingProperty } = params as {
    additionalProperty?: string;
    missingProperty?: string;
  };
  if (additionalProperty !== undefined) {
    const name = below(place, shown(additionalProperty));
    return `"${name}" is not a member; there are ${Object.keys(members).join(', ')}.`;
  }
  if (missingProperty !== undefined) {
    return `${below(place, missingProperty)} is missing; it must be ${mustBe(members[missingProperty] ?? {})}.`;
  }
  const what = place === '' ? 'the body' : place;
  return keyword === 'maxItems'
    ? `${what} has more than ${String(schema['maxItems'])} entries.`
    : `${what} must be ${mustBe(schema)}.`;
};

const parse = (text: string): { readonly value: unknown } | undefined => {
  try {
    return { value: text.trim() === '' ? {} : JSON.parse(text) };
  } catch {
    return undefined;
  }
};

/**
 * A reader of bodies by the schema that the API's description shows; every fault is reported, with what is allowed. An
 * empty body counts as an object without members.
 *
 * @typeParam Body what the schema lets through.
 */
export const bodyReader = <Body>(schema: Schema): ((text: string) => BodyRead<Body>) => {
  const check = checkOf(schema);
  return (text) => {
    const parsed = parse(text);
    if (parsed === undefined) return { kind: 'faulty', faults: ['the body is not JSON.'] };
    const faults = check(parsed.value).map(describe);
    return faults.length > 0
      ? { kind: 'faulty', faults: [...new Set(faults)] }
      : { kind: 'read', body: parsed.value as Body };
  };
};
