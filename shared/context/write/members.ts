import { jsonText } from '../json/jsonText.ts';
import { afterOf, isKind, kinds, nodeSize } from '../json/tape.ts';
import { declareCollection, writeAbsent } from './absent.ts';
import { writePairs } from './collections.ts';
import type { CompiledContract, CompiledMember } from './compiled.ts';
import {
  elsewhere,
  fail,
  isAbsent,
  isNamed,
  keyNamed,
  valueNamed,
  type Conversion,
  type Place,
} from './conversion.ts';
import { typeKey } from './typeNames.ts';
import { hintsOf } from './hints.ts';
import { writeList, writeStrings, writeValues } from './lists.ts';
import type { Scope } from './scope.ts';
import { writeScalar } from './scalars.ts';

const idName = Buffer.from('Id');
const logicalName = Buffer.from('LogicalName');
const messageName = Buffer.from('MessageName');
const entityLogicalName = Buffer.from('EntityLogicalName');
const attributeLogicalName = Buffer.from('AttributeLogicalName');

/**
 * Writes the members of an object in the order of its contract, whatever the order in the JSON: a reader drops
 * members in the wrong place without a word. Members that the contract does not know are left out, as .NET does.
 */
export const writeMembers = (c: Conversion, contract: CompiledContract, node: number, scope: Scope): void => {
  const { tape } = c;
  if (!isKind(tape, node, kinds.object)) fail(c, 'WrongKind', node, `is not an object (${contract.name})`);
  const last = afterOf(tape, node);
  let cursor = node + nodeSize;
  if (cursor < last && isNamed(tape, cursor, typeKey)) cursor = afterOf(tape, cursor + nodeSize);
  for (const member of contract.members) {
    const key =
      cursor < last && isNamed(tape, cursor, member.nameBytes)
        ? cursor
        : keyNamed(tape, node, member.nameBytes);
    if (key !== -1) cursor = afterOf(tape, key + nodeSize);
    writeMember(c, member, key === -1 ? -1 : key + nodeSize, scope, node);
  }
};

const writeMember = (
  c: Conversion,
  member: CompiledMember,
  value: number,
  scope: Scope,
  owner: number,
): void => {
  if (isAbsent(c.tape, value)) {
    writeAbsent(c, member, scope);
    return;
  }
  if (member.omitted && isKind(c.tape, value, kinds.false)) return;
  c.sink.open(member.element);
  if (member.isScalar) writeScalar(c, member, value);
  else if (member.type === 'contract') writeObject(c, member, value, scope);
  else if (member.type === 'object') writeAliased(c, member, value, scope, owner);
  else writeCollection(c, member, value, scope, owner);
};

const writeObject = (c: Conversion, member: CompiledMember, value: number, scope: Scope): void => {
  c.sink.begin();
  c.members(c, member.contract as CompiledContract, value, scope);
  c.sink.close(member.element);
};

/** The one member that holds a value of any type is an AliasedValue's; its hint is that of the column behind it. */
const writeAliased = (
  c: Conversion,
  member: CompiledMember,
  value: number,
  scope: Scope,
  owner: number,
): void => {
  const column = valueNamed(c.tape, owner, attributeLogicalName);
  const hints = hintsOf(c.hints, textOf(c, valueNamed(c.tape, owner, entityLogicalName)));
  c.anyValue(c, member.element, value, column, scope, { ...elsewhere, hints });
};

const textOf = ({ tape }: Conversion, node: number): string | undefined =>
  node !== -1 && isKind(tape, node, kinds.string) ? jsonText(tape, node) : undefined;

const writeCollection = (
  c: Conversion,
  member: CompiledMember,
  value: number,
  scope: Scope,
  owner: number,
): void => {
  const { tape, sink } = c;
  if (!isKind(tape, value, kinds.array)) fail(c, 'WrongKind', value, 'is not an array');
  const inside = declareCollection(c, member, scope);
  if (afterOf(tape, value) === value + nodeSize) {
    sink.empty();
    return;
  }
  sink.begin();
  writeItems(c, member, value, inside, owner);
  sink.close(member.element);
};

const writeItems = (
  c: Conversion,
  member: CompiledMember,
  array: number,
  scope: Scope,
  owner: number,
): void => {
  if (member.type === 'listOf') writeList(c, member.contract as CompiledContract, array, scope);
  else if (member.type === 'strings') writeStrings(c, array, scope);
  else if (member.type === 'values') writeValues(c, array, scope);
  else writePairs(c, member.type, array, scope, () => placeOf(c, member, owner));
};

const placeOf = (c: Conversion, { type, name }: CompiledMember, owner: number): Place => {
  if (type === 'attributes') {
    const id = valueNamed(c.tape, owner, idName);
    return { in: 'attributes', id, hints: tableHints(c, owner, logicalName) };
  }
  if (type === 'keyAttributes') {
    return { in: 'keyAttributes', id: -1, hints: tableHints(c, owner, logicalName) };
  }
  const place = name === 'OutputParameters' ? 'outputParameters' : 'parameters';
  return { in: place, id: -1, hints: tableHints(c, owner, messageName) };
};

const tableHints = (c: Conversion, owner: number, name: Uint8Array): Place['hints'] =>
  c.hints === undefined ? undefined : hintsOf(c.hints, textOf(c, valueNamed(c.tape, owner, name)));
