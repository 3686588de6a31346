import { contracts, listTypeNames } from '../contracts/contracts.ts';
import { enums } from '../contracts/enums.ts';
import { contractsNamespace, prefixedNamespaces } from '../contracts/namespaces.ts';
import type { Value } from '../executionContext.ts';
import type { ElementReader } from './elementReader.ts';
import * as scalars from './scalarValues.ts';

/** What reading a value of any type needs of the builder of the context around it. */
export interface Builder {
  readonly reader: ElementReader;
  readonly refuse: scalars.Refuse;
  nothing(): null;
  object(name: string): Value;
  objectOrNull(name: string): Value;
  list<Item>(item: () => Item): Item[];
  map<Result>(value: () => Result): Map<string, Result>;
  textOrNull(): string | null;
  enumName(names: readonly string[]): string;
}

const { arrays, keys, options, schema, serialization } = prefixedNamespaces;

/** Simple types by their names in `i:type`. */
const simple: Readonly<Record<string, (text: string, refuse: scalars.Refuse) => Value>> = {
  string: (text) => text,
  boolean: scalars.readBoolean,
  int: scalars.readInt,
  short: scalars.readInt,
  long: scalars.readLong,
  decimal: (text, refuse) => ({ type: 'decimal', value: scalars.readDecimal(text, refuse) }),
  double: (text, refuse) => ({ type: 'double', value: scalars.readDouble(text, refuse) }),
  float: (text, refuse) => ({ type: 'double', value: scalars.readDouble(text, refuse) }),
  dateTime: scalars.readDate,
  base64Binary: scalars.readBytes,
  guid: (text, refuse) => ({ type: 'guid', value: scalars.readGuid(text, refuse) }),
};

const listContracts = new Map(
  Object.keys(contracts).map((name) => [listTypeNames[name] ?? `ArrayOf${name}`, name] as const),
);

/** Reads a value whose element names its type. Throws `TypeMissing` and `TypeUnknown` where it names none we know. */
export const readAnyValue = (builder: Builder): Value => {
  const { reader, refuse } = builder;
  if (reader.isNil) return builder.nothing();
  const { type, typeNamespace } = reader;
  if (type === '') return refuse('TypeMissing', 'names no type (i:type)');
  if (typeNamespace === schema || typeNamespace === serialization) {
    const read = simple[type];
    if (read !== undefined) return read(reader.text(), refuse);
  }
  if (typeNamespace === contractsNamespace && contracts[type] !== undefined) return builder.object(type);
  if (typeNamespace === contractsNamespace || typeNamespace === options) {
    const item = listContracts.get(type);
    if (item !== undefined)
      return { type: 'list', name: type, items: builder.list(() => builder.objectOrNull(item)) };
  }
  if (typeNamespace === arrays) return readSimpleList(builder, type);
  if (typeNamespace === keys && type === 'ConcurrencyBehavior') return readConcurrencyBehavior(builder);
  return refuse('TypeUnknown', `names the type ${type} of ${typeNamespace}, which is not known here`);
};

const readConcurrencyBehavior = (builder: Builder): Value => {
  const { names } = enums.ConcurrencyBehavior;
  const value = builder.enumName(names) as (typeof names)[number];
  return { type: 'ConcurrencyBehavior', value };
};

const readSimpleList = (builder: Builder, type: string): Value => {
  if (type === 'ArrayOfKeyValueOfstringstring') {
    return { type: 'dictionary', entries: builder.map(() => builder.textOrNull()) };
  }
  const read = simple[type.replace(/^ArrayOf/, '')];
  if (read === undefined || !type.startsWith('ArrayOf')) {
    return builder.refuse('TypeUnknown', `names the list ${type}, which is not known here`);
  }
  const item = (): Value =>
    builder.reader.isNil ? builder.nothing() : read(builder.reader.text(), builder.refuse);
  return { type: 'list', name: type, items: builder.list(item) };
};
