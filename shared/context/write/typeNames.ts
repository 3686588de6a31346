import { contractsNamespace } from '../contracts/namespaces.ts';
import { jsonText } from '../json/jsonText.ts';
import { afterOf, isKind, kinds, nodeSize, startOf, endOf, type Tape } from '../json/tape.ts';
import { contractNamed, type CompiledContract } from './compiled.ts';
import { isNamed } from './conversion.ts';

export const typeKey = Buffer.from('__type');

const pairTypeName = 'KeyValuePairOfstringstring:#System.Collections.Generic';

/** The type that an object names: a contract, a pair of strings, none, or one that we do not know. */
export type NamedType = CompiledContract | 'pair' | 'none' | 'unknown';

/** Raw texts met before: a handful of types with their slashes escaped or not, so the map stays small. */
const met = new Map<string, NamedType>(
  [contractsNamespace, contractsNamespace.replaceAll('/', '\\/')].flatMap((namespace) =>
    'Entity EntityReference OptionSetValue Money'
      .split(' ')
      .map((name) => [`${name}:${namespace}`, contractNamed(name) ?? 'unknown'] as const),
  ),
);

/** Reads `__type`, which counts only as the first key of an object (DataContractJsonSerializer's rule). */
export const namedType = (tape: Tape, object: number): NamedType => {
  const key = object + nodeSize;
  if (key >= afterOf(tape, object) || !isNamed(tape, key, typeKey)) return 'none';
  const value = key + nodeSize;
  if (!isKind(tape, value, kinds.string)) return 'unknown';
  const raw = tape.bytes.toString('latin1', startOf(tape, value), endOf(tape, value));
  return met.get(raw) ?? typeNamed(jsonText(tape, value));
};

const typeNamed = (text: string): NamedType => {
  if (text === pairTypeName) return 'pair';
  const [name = '', ...namespace] = text.split(':');
  if (namespace.join(':') !== contractsNamespace) return 'unknown';
  return contractNamed(name) ?? 'unknown';
};
