import { firstMs, type DateTimeParts } from '../values/dateTime.ts';
import { emptyGuid } from '../values/guid.ts';
import type { CompiledMember } from './compiled.ts';
import { declaring, type Conversion } from './conversion.ts';
import { namespaces } from './names.ts';
import type { Scope } from './scope.ts';

const zeroDate: DateTimeParts = { ms: firstMs, ticks: 0, kind: 'unspecified', offsetMinutes: 0 };

/**
 * Writes a member that is missing or null: nil for what can be null, the zero of what cannot, an empty collection.
 * So a listener sees what the SDK's own object would show.
 */
export const writeAbsent = (c: Conversion, member: CompiledMember, scope: Scope): void => {
  if (member.omitted) return;
  c.sink.open(member.element);
  switch (member.type) {
    case 'int':
    case 'long':
      return c.sink.int(member.element, 0);
    case 'boolean':
      return c.sink.boolean(member.element, false);
    case 'decimal':
      return c.sink.decimal(member.element, { negative: false, mantissa: 0n, scale: 0 });
    case 'guid':
      return c.sink.name(member.element, emptyGuid);
    case 'dateTime':
      return c.sink.dateTime(member.element, zeroDate);
    case 'enum':
      return c.sink.name(member.element, member.names[0] ?? '');
    case 'string':
    case 'object':
    case 'contract':
    case 'enum?':
    case 'int?':
    case 'boolean?':
    case 'guid?':
      return c.sink.nil();
    default:
      declareCollection(c, member, scope);
      return c.sink.empty();
  }
};

/** Declarations that a collection carries, empty or not. Gives the scope inside it. */
export const declareCollection = (c: Conversion, { type }: CompiledMember, scope: Scope): Scope => {
  if (type === 'listOf') return scope;
  if (type === 'strings' || type === 'values') return declaring(c.sink, namespaces.arrays, scope);
  const keyed = type === 'keyAttributes' ? declaring(c.sink, namespaces.keys, scope) : scope;
  return declaring(c.sink, namespaces.collections, keyed);
};
