import { ContextError } from '../contextError.ts';
import { contracts, type Member } from '../contracts/contracts.ts';
import { enums } from '../contracts/enums.ts';
import { contractsNamespace } from '../contracts/namespaces.ts';
import type { DateTimeValue, RemoteExecutionContext, Value } from '../executionContext.ts';
import { datePartsOf } from '../read/scalarValues.ts';
import { jsonDateText } from '../values/dateTime.ts';
import { doubleText } from '../values/double.ts';
import { jsonString } from './jsonString.ts';

type Entries = Iterable<readonly [string, unknown]>;

const members = (value: object): Readonly<Record<string, unknown>> =>
  ('members' in value ? value.members : value) as Readonly<Record<string, unknown>>;

const array = (items: readonly string[]): string => `[${items.join(',')}]`;

const pairs = (entries: Entries, valueOf: (value: unknown) => string): string =>
  array([...entries].map(([key, value]) => `{"key":${jsonString(key)},"value":${valueOf(value)}}`));

const date = (value: DateTimeValue): string => {
  const parts = datePartsOf(value);
  if (parts === undefined) throw new ContextError('ValueInvalid', '', `has a broken date ${value.value}`);
  return jsonString(jsonDateText(parts));
};

/** JSON has no infinity; a number too large for a double reads back as one. */
const double = (value: number): string => {
  if (Number.isNaN(value))
    throw new ContextError('NumberOutOfRange', '', 'has a double that is not a number');
  return Number.isFinite(value) ? doubleText(value) : `${value < 0 ? '-' : ''}1E+400`;
};

const typeName = (name: string, isNamed: boolean): string =>
  isNamed ? `"__type":${jsonString(`${name}:${contractsNamespace}`)},` : '';

/** `isNamed`: whether the object stands where any type may, so that it must name its own. */
const object = (name: string, value: object | null, isNamed: boolean): string => {
  if (value === null) return 'null';
  const values = members(value);
  const texts = (contracts[name] ?? [])
    .filter((member) => values[member.name] !== undefined)
    .map((member) => `${jsonString(member.name)}:${memberText(member, values[member.name])}`);
  return `{${typeName(name, isNamed)}${texts.join(',')}}`;
};

const memberText = ({ type }: Member, value: unknown): string => {
  if (value === null) return 'null';
  if (typeof type === 'string') return namedText(type, value);
  if ('contract' in type) return object(type.contract, value as object, false);
  if ('listOf' in type) {
    return array((value as (object | null)[]).map((item) => object(type.listOf, item, false)));
  }
  return String((enums[type.enum].names as readonly string[]).indexOf(value as string));
};

const namedText = (type: Extract<Member['type'], string>, value: unknown): string => {
  switch (type) {
    case 'parameters':
    case 'attributes':
    case 'keyAttributes':
      return pairs(value as Entries, (each) => anyText(each as Value));
    case 'formattedValues':
      return pairs(value as Entries, stringText);
    case 'images':
      return pairs(value as Entries, (each) => object('Entity', each as object | null, false));
    case 'relatedEntities':
      return array((value as { key: object; value: object | null }[]).map(relatedText));
    case 'strings':
      return array((value as unknown[]).map(stringText));
    case 'values':
      return array((value as Value[]).map(anyText));
    case 'object':
      return anyText(value as Value);
    case 'dateTime':
      return date(value as DateTimeValue);
    case 'decimal':
      return value as string;
    default:
      return typeof value === 'string' ? jsonString(value) : String(value);
  }
};

const stringText = (value: unknown): string => (value === null ? 'null' : jsonString(value as string));

const relatedText = ({ key, value }: { key: object; value: object | null }): string =>
  `{"key":${object('Relationship', key, false)},"value":${object('EntityCollection', value, false)}}`;

const anyText = (value: Value): string => {
  if (value === null) return 'null';
  if (typeof value === 'string') return jsonString(value);
  if (typeof value !== 'object') return String(value);
  if (value instanceof Uint8Array) return array([...value].map(String));
  switch (value.type) {
    case 'decimal':
      return value.value;
    case 'double':
      return double(value.value);
    case 'guid':
      return jsonString(value.value);
    case 'dateTime':
      return date(value);
    case 'ConcurrencyBehavior':
      return String(enums.ConcurrencyBehavior.names.indexOf(value.value));
    case 'list':
      return array(value.items.map(anyText));
    case 'dictionary':
      return array([...value.entries].map(dictionaryText));
    default:
      return object(value.type, value, true);
  }
};

const pairType = jsonString('KeyValuePairOfstringstring:#System.Collections.Generic');

const dictionaryText = ([key, value]: readonly [string, string | null]): string =>
  `{"__type":${pairType},"key":${jsonString(key)},"value":${stringText(value)}}`;

/**
 * Writes a context as JSON the way DataContractJsonSerializer does: members in the contract's order, `__type` first
 * where an object stands for any type, slashes escaped. What JSON has no words for is lost (docs/formats.md): a guid
 * becomes a string, a double without fraction an int, ticks below the millisecond are cut.
 */
export const writeJson = (context: RemoteExecutionContext): Uint8Array =>
  new Uint8Array(Buffer.from(object('RemoteExecutionContext', context, false), 'utf8'));
