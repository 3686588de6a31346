import { plainText } from '../text/plainText.ts';
import { checkOf } from './schemas/checks.ts';
import { mustBe } from './schemas/mustBe.ts';
import type { Properties, Schema } from './schemas/schema.ts';

type Value = string | number | boolean | readonly string[];

/** Values of parameters: texts, lists of them, and what integers and flags stand for. */
export type Parameters = Readonly<Record<string, Value>>;

export type ParametersRead =
  | { readonly kind: 'read'; readonly parameters: Parameters }
  | { readonly kind: 'faulty'; readonly faults: string[] };

/** Parameters that carry the function key, where a route has none of this name. */
const keys = ['code', 'clientId'];

const longestShown = 100;

/** The entries of a list; the host puts a comma between the values of a parameter that is given twice. */
export const partsOf = (text: string): string[] => text.split(',').filter((part) => part !== '');

/** A text as the schema's type; a text that is none stays one, and does not fit. */
const valueOf = ({ type }: Schema, text: string): Value => {
  if (type === 'array') return partsOf(text);
  if (type === 'integer' && /^-?\d{1,15}$/.test(text)) return Number(text);
  if (type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true';
  return text;
};

const unknown = (name: string, offered: Properties): string => {
  const names = Object.keys(offered);
  const instead = names.length === 0 ? 'there is none' : `there are ${names.join(', ')}`;
  return `"${plainText(name, longestShown)}" is not a parameter; ${instead}.`;
};

/** What is wrong with a parameter: its text, or that of the entry at fault. */
const wrong = (offered: Properties, texts: ReadonlyMap<string, string>, pointer: string): string => {
  const [, name = '', index] = pointer.split('/');
  const text = texts.get(name) ?? '';
  const part = index === undefined ? text : (partsOf(text)[Number(index)] ?? '');
  return `${name} is "${plainText(part, longestShown)}"; it must be ${mustBe(offered[name] ?? {})}.`;
};

const isEmpty = (value: Value): boolean => Array.isArray(value) && value.length === 0;

export type ReadParameters = (
  entries: Iterable<readonly [string, string]>,
  keyInQuery?: boolean,
) => ParametersRead;

/**
 * A reader of the query of a route, by the schemas that the API's description shows. Every fault is reported, with what
 * is allowed. An empty parameter counts as absent; the function key is left out, unless it is known to be elsewhere.
 */
export const parametersReader = (offered: Properties): ReadParameters => {
  const check = checkOf({ type: 'object', properties: offered });
  return (entries, keyInQuery = true) => {
    const isOffered = (name: string): boolean => Object.hasOwn(offered, name);
    const isKey = (name: string): boolean => keyInQuery && keys.includes(name) && !isOffered(name);
    const given = [...entries].filter(([name, text]) => text !== '' && !isKey(name));
    const values = given
      .filter(([name]) => isOffered(name))
      .map(([name, text]) => [name, valueOf(offered[name] ?? {}, text)] as const);
    const parameters: Parameters = Object.fromEntries(values.filter(([, value]) => !isEmpty(value)));
    const texts = new Map(given);
    const strange = given.filter(([name]) => !isOffered(name)).map(([name]) => unknown(name, offered));
    const pointers = new Set(check(parameters).map(({ instancePath }) => instancePath));
    const faults = [...strange, ...[...pointers].map((pointer) => wrong(offered, texts, pointer))];
    return faults.length > 0 ? { kind: 'faulty', faults } : { kind: 'read', parameters };
  };
};

/** For routes that show all there is: whoever tries to filter there is told that it is not possible. */
export const readNoParameters = parametersReader({});
