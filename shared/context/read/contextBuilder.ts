import { ContextError, type ContextErrorCode } from '../contextError.ts';
import { contracts, type Member } from '../contracts/contracts.ts';
import { enums } from '../contracts/enums.ts';
import type { Value } from '../executionContext.ts';
import { emptyGuid } from '../values/guid.ts';
import { readAnyValue } from './anyValue.ts';
import type { ElementReader } from './elementReader.ts';
import * as scalars from './scalarValues.ts';

/** Members of one object by name. */
export type Members = Record<string, unknown>;

/** Contracts that a listener sees with their members side by side with `type`; others keep them in `members`. */
const flatContracts = new Set(
  (
    'RemoteExecutionContext Entity EntityReference EntityCollection OptionSetValue Money AliasedValue ' +
    'Relationship'
  ).split(' '),
);

const zeros: Readonly<Partial<Record<string, unknown>>> = {
  int: 0,
  boolean: false,
  decimal: '0',
  guid: emptyGuid,
  dateTime: { type: 'dateTime', value: '0001-01-01T00:00:00', kind: 'unspecified', offsetMinutes: 0 },
};

const lists = new Set(['strings', 'values', 'relatedEntities']);
const maps = new Set(['parameters', 'attributes', 'keyAttributes', 'formattedValues', 'images']);

const zeroOf = ({ type }: Member): unknown => {
  if (typeof type !== 'string') {
    if ('listOf' in type) return [];
    return 'enum' in type && type.nullable !== true ? enums[type.enum].names[0] : null;
  }
  if (lists.has(type)) return [];
  return maps.has(type) ? new Map() : (zeros[type] ?? null);
};

/** Builds the objects of a context from a document's elements. One use. */
export class ContextBuilder {
  readonly reader: ElementReader;
  private readonly path: (string | number)[] = [];

  constructor(reader: ElementReader) {
    this.reader = reader;
  }

  /** Throws with the JSON pointer of what is being read. */
  readonly refuse = (code: ContextErrorCode, detail: string): never => {
    throw new ContextError(code, this.path.map((step) => `/${escape(String(step))}`).join(''), detail);
  };

  within<Result>(step: string | number, read: () => Result): Result {
    this.path.push(step);
    const result = read();
    this.path.pop();
    return result;
  }

  /** An object of a contract, whose element is open. Elements that the contract does not know are passed over. */
  object(name: string): Value {
    const known = contracts[name] ?? [];
    const members: Members = {};
    for (const member of known) if (member.omitted !== true) members[member.name] = zeroOf(member);
    while (this.reader.enter()) {
      const member = known.find((each) => each.name === this.reader.name);
      if (member === undefined) this.reader.skip();
      else members[member.name] = this.within(member.name, () => this.member(member));
    }
    return (flatContracts.has(name) ? { type: name, ...members } : { type: name, members }) as Value;
  }

  objectOrNull(name: string): Value {
    return this.reader.isNil ? this.nothing() : this.object(name);
  }

  /** The items of a list, each read by `item`. */
  list<Item>(item: () => Item): Item[] {
    const items: Item[] = [];
    while (this.reader.enter()) items.push(this.within(items.length, item));
    return items;
  }

  /** Pairs of a key that is text and a value. */
  map<Result>(value: () => Result): Map<string, Result> {
    const map = new Map<string, Result>();
    for (let index = 0; this.reader.enter(); index += 1) {
      this.within(index, () => {
        const [key, read] = this.pair(() => this.reader.text(), value);
        if (key === undefined) this.refuse('ValueInvalid', 'is a pair without a key');
        else if (map.has(key)) this.refuse('DuplicateKey', `repeats the key "${key}" of its collection`);
        else map.set(key, read ?? (null as Result));
      });
    }
    return map;
  }

  pair<Key, Result>(key: () => Key, value: () => Result): readonly [Key | undefined, Result | undefined] {
    let readKey: Key | undefined;
    let readValue: Result | undefined;
    while (this.reader.enter()) {
      const name = this.reader.name.toLowerCase();
      if (name === 'key' && !this.reader.isNil) readKey = this.within('key', key);
      else if (name === 'value') readValue = this.within('value', value);
      else this.reader.skip();
    }
    return [readKey, readValue];
  }

  textOrNull(): string | null {
    return this.reader.isNil ? this.nothing() : this.reader.text();
  }

  nothing(): null {
    this.reader.skip();
    return null;
  }

  private member(member: Member): unknown {
    if (this.reader.isNil) {
      this.reader.skip();
      return zeroOf(member);
    }
    const { type } = member;
    if (typeof type === 'string') return this.named(type);
    if ('contract' in type) return this.object(type.contract);
    if ('listOf' in type) return this.list(() => this.objectOrNull(type.listOf));
    return this.enumName(enums[type.enum].names);
  }

  private named(type: Extract<Member['type'], string>): unknown {
    switch (type) {
      case 'parameters':
      case 'attributes':
      case 'keyAttributes':
        return this.map(() => readAnyValue(this));
      case 'formattedValues':
        return this.map(() => this.textOrNull());
      case 'images':
        return this.map(() => this.objectOrNull('Entity'));
      case 'relatedEntities':
        return this.list(() => this.related());
      case 'strings':
        return this.list(() => this.textOrNull());
      case 'values':
        return this.list(() => readAnyValue(this));
      case 'object':
        return readAnyValue(this);
      default:
        return this.scalar(type);
    }
  }

  private related(): unknown {
    const [key, value] = this.pair(
      () => this.object('Relationship'),
      () => this.objectOrNull('EntityCollection'),
    );
    return key === undefined
      ? this.refuse('ValueInvalid', 'is a pair without a key')
      : { key, value: value ?? null };
  }

  private scalar(type: string): unknown {
    const text = this.reader.text();
    if (type === 'string') return text;
    if (type.startsWith('int')) return scalars.readInt(text, this.refuse);
    if (type.startsWith('boolean')) return scalars.readBoolean(text, this.refuse);
    if (type.startsWith('guid')) return scalars.readGuid(text, this.refuse);
    if (type === 'decimal') return scalars.readDecimal(text, this.refuse);
    if (type === 'long') return scalars.readLong(text, this.refuse);
    return scalars.readDate(text, this.refuse);
  }

  enumName(names: readonly string[]): string {
    const text = this.reader.text();
    return names.includes(text) ? text : this.refuse('EnumUnknown', `is "${text}", which is not known here`);
  }
}

const escape = (token: string): string => token.replaceAll('~', '~0').replaceAll('/', '~1');
