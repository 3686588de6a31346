import { plainText } from '../text/plainText.ts';
import type { PropertyValue } from './outgoingMessage.ts';

interface Pair {
  readonly key?: unknown;
  readonly value?: unknown;
}

const pairsOf = (value: unknown): readonly Pair[] =>
  Array.isArray(value) ? value.filter((pair): pair is Pair => typeof pair === 'object' && pair !== null) : [];

const memberOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;

/** Entities in which a column is looked for: what was changed first, then how the record was after and before. */
const entitiesOf = (context: unknown): unknown[] => [
  ...pairsOf(memberOf(context, 'InputParameters'))
    .filter(({ key }) => key === 'Target')
    .map(({ value }) => value),
  ...pairsOf(memberOf(context, 'PostEntityImages')).map(({ value }) => value),
  ...pairsOf(memberOf(context, 'PreEntityImages')).map(({ value }) => value),
];

/** All properties of a message share 64 KB (Service Bus documentation, "Quotas"): 50 columns and the claims fit. */
const longestText = 256;

const dateText = (text: string): string | undefined => {
  const ms = /^\/Date\((-?\d{1,15})(?:[+-]\d{4})?\)\/$/.exec(text)?.[1];
  const date = new Date(Number(ms ?? Number.NaN));
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
};

/** AMQP has no whole number beyond 64 bits, and beyond 53 the value would not be the column's: those become texts. */
const numeral = (value: number): PropertyValue | undefined => {
  if (!Number.isFinite(value)) return undefined;
  return Number.isSafeInteger(value) || !Number.isInteger(value) ? value : String(value);
};

const scalar = (value: unknown): PropertyValue | undefined => {
  if (typeof value === 'string') return dateText(value) ?? plainText(value, longestText);
  if (typeof value === 'number') return numeral(value);
  return typeof value === 'boolean' ? value : undefined;
};

/** A choice and an amount are known by their value, a lookup by its id, several choices by their values. */
const propertyOf = (value: unknown): PropertyValue | undefined => {
  if (Array.isArray(value)) {
    const values = value.map((each) => memberOf(each, 'Value')).filter((each) => typeof each === 'number');
    const isChoices = values.length > 0 && values.length === value.length;
    return isChoices ? values.join(',').slice(0, longestText) : undefined;
  }
  return scalar(value) ?? scalar(memberOf(value, 'Value')) ?? scalar(memberOf(value, 'Id'));
};

const valueOf = (entities: readonly unknown[], column: string): PropertyValue | undefined => {
  for (const entity of entities) {
    const pair = pairsOf(memberOf(entity, 'Attributes')).find(({ key }) => key === column);
    if (pair !== undefined) return propertyOf(pair.value);
  }
  return undefined;
};

const decoder = new TextDecoder();

/**
 * Values of columns as properties of a message, so that subscriptions can filter by them. A column that is not in the
 * context, or has no simple value, has no property. Dates are ISO 8601 texts.
 */
export const promotedColumns = (
  columns: readonly string[],
  body: Uint8Array,
): Record<string, PropertyValue> => {
  if (columns.length === 0) return {};
  const entities = entitiesOf(JSON.parse(decoder.decode(body)));
  const properties: Record<string, PropertyValue> = {};
  for (const column of columns) {
    const value = valueOf(entities, column);
    if (value !== undefined) properties[column] = value;
  }
  return properties;
};
