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
    case 'long': {
      c.sink.int(member.element, 0);
      return;
    }
    case 'boolean': {
      c.sink.boolean(member.element, false);
      return;
    }
    case 'decimal': {
      c.sink.decimal(member.element, { negative: false, mantissa: 0n, scale: 0 });
      return;
    }
    case 'guid': {
      c.sink.name(member.element, emptyGuid);
      return;
    }
    case 'dateTime': {
      c.sink.dateTime(member.element, zeroDate);
      return;
    }
    case 'enum': {
      c.sink.name(member.element, member.names[0] ?? '');
      return;
    }
    case 'string':
    case 'object':
    case 'contract':
    case 'enum?':
    case 'int?':
    case 'boolean?':
    case 'guid?': {
      c.sink.nil();
      return;
    }
    default:
      declareCollection(c, member, scope);
      {
        c.sink.empty();
        return;
      }
  }
};

/** Declarations that a collection carries, empty or not. Gives the scope inside it. */
export const declareCollection = (c: Conversion, { type }: CompiledMember, scope: Scope): Scope => {
  if (type === 'listOf') return scope;
  if (type === 'strings' || type === 'values') return declaring(c.sink, namespaces.arrays, scope);
  const keyed = type === 'keyAttributes' ? declaring(c.sink, namespaces.keys, scope) : scope;
  return declaring(c.sink, namespaces.collections, keyed);
};
