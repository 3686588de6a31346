import { declarable, elementNamed, typeMark } from './markup.ts';

/** Elements that are not members of a contract: items of collections and what is in them. */
export const elements = {
  pair: elementNamed('KeyValuePairOfstringanyType'),
  textPair: elementNamed('KeyValuePairOfstringstring'),
  /** .NET ends these names with a digest of the namespaces of the two types. */
  imagePair: elementNamed('KeyValuePairOfstringEntitygUGIFE1S'),
  relatedPair: elementNamed('KeyValuePairOfRelationshipEntityCollectionX_PsK4FkN'),
  key: elementNamed('key'),
  value: elementNamed('value'),
  dictionaryItem: elementNamed('KeyValueOfstringstring'),
  dictionaryKey: elementNamed('Key'),
  dictionaryValue: elementNamed('Value'),
  string: elementNamed('string'),
  anyType: elementNamed('anyType'),
} as const;

export const namespaces = {
  collections: declarable('collections'),
  keys: declarable('keys'),
  options: declarable('options'),
  arrays: declarable('arrays'),
} as const;

/** Types that a value of any type can name, beside the contracts. */
export const types = {
  string: typeMark('string', 'schema'),
  boolean: typeMark('boolean', 'schema'),
  int: typeMark('int', 'schema'),
  long: typeMark('long', 'schema'),
  decimal: typeMark('decimal', 'schema'),
  double: typeMark('double', 'schema'),
  dateTime: typeMark('dateTime', 'schema'),
  base64Binary: typeMark('base64Binary', 'schema'),
  guid: typeMark('guid', 'serialization'),
  concurrencyBehavior: typeMark('ConcurrencyBehavior', 'keys'),
  dictionary: typeMark('ArrayOfKeyValueOfstringstring', 'arrays'),
} as const;

/** Lists of simple values: the type's name and the element of an item, by the item's type. */
export const simpleLists = Object.fromEntries(
  (['string', 'boolean', 'int', 'long', 'decimal', 'double', 'dateTime', 'guid'] as const).map((item) => [
    item,
    { mark: typeMark(`ArrayOf${item}`, 'arrays'), item: elementNamed(item) },
  ]),
) as Record<SimpleItem, { mark: ReturnType<typeof typeMark>; item: ReturnType<typeof elementNamed> }>;

export type SimpleItem = 'string' | 'boolean' | 'int' | 'long' | 'decimal' | 'double' | 'dateTime' | 'guid';
