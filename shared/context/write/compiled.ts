import { contracts, listTypeNames, type Member, type MemberType } from '../contracts/contracts.ts';
import { enums, type EnumName } from '../contracts/enums.ts';
import { elementNamed, typeMark, type Element, type TypeMark } from './markup.ts';

/** A member with everything that writing it needs, made once. */
export interface CompiledMember {
  readonly name: string;
  readonly nameBytes: Uint8Array;
  readonly element: Element;
  readonly omitted: boolean;
  /** A simple type that the contract gives, not an object, a collection or a value of any type. */
  readonly isScalar: boolean;
  /** The type's name, or which of the three shapes that name another type. */
  readonly type: Exclude<MemberType, object> | 'contract' | 'listOf' | 'enum' | 'enum?';
  readonly contract: CompiledContract | undefined;
  readonly names: readonly string[];
}

export interface CompiledContract {
  readonly name: string;
  readonly members: readonly CompiledMember[];
  /** An item of a list of this contract, under each prefix. */
  readonly item: readonly Element[];
  /** How a value of this contract is named where any type may stand. */
  readonly mark: TypeMark;
  /** How a list of it is named there. */
  readonly listMark: TypeMark;
  /** Only this list's items stand in a namespace of their own. */
  readonly listIsPrefixed: boolean;
}

const compiled = new Map<string, CompiledContract>();

const listMarkOf = (name: string): TypeMark =>
  typeMark(listTypeNames[name] ?? `ArrayOf${name}`, name === 'OptionSetValue' ? 'options' : 'default');

const compile = (name: string): CompiledContract => {
  const known = compiled.get(name);
  if (known !== undefined) return known;
  const members: CompiledMember[] = [];
  const contract: CompiledContract = {
    name,
    members,
    item: elementNamed(name),
    mark: typeMark(name, 'default'),
    listMark: listMarkOf(name),
    listIsPrefixed: name === 'OptionSetValue',
  };
  compiled.set(name, contract);
  members.push(...(contracts[name] ?? []).map(compileMember));
  return contract;
};

const shapeOf = (type: MemberType): { type: CompiledMember['type']; contract?: string; names?: EnumName } => {
  if (typeof type === 'string') return { type };
  if ('contract' in type) return { type: 'contract', contract: type.contract };
  if ('listOf' in type) return { type: 'listOf', contract: type.listOf };
  return { type: type.nullable === true ? 'enum?' : 'enum', names: type.enum };
};

const scalars = new Set<string>(
  'string int int? long boolean boolean? decimal guid guid? dateTime enum enum?'.split(' '),
);

const compileMember = ({ name, type, omitted }: Member): CompiledMember => {
  const shape = shapeOf(type);
  return {
    name,
    nameBytes: Buffer.from(name, 'latin1'),
    element: elementNamed(name)[0] as Element,
    omitted: omitted ?? false,
    isScalar: scalars.has(shape.type),
    type: shape.type,
    contract: shape.contract === undefined ? undefined : compile(shape.contract),
    names: shape.names === undefined ? [] : enums[shape.names].names,
  };
};

for (const name of Object.keys(contracts)) compile(name);

/** The contract of this name; undefined for a name that is none of Dataverse's that we know. */
export const contractNamed = (name: string): CompiledContract | undefined => compiled.get(name);

export const rootContract = compile('RemoteExecutionContext');
export const entityContract = compile('Entity');
export const relationshipContract = compile('Relationship');
export const entityCollectionContract = compile('EntityCollection');
