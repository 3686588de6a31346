import { contractsNamespace } from '../contracts/namespaces.ts';
import { jsonText } from '../json/jsonText.ts';
import { afterOf, isKind, kinds, nodeSize, type Tape } from '../json/tape.ts';
import { contractNamed, type CompiledContract } from './compiled.ts';
import { hasBytes, isNamed } from './conversion.ts';

export const typeKey = Buffer.from('__type');

const pairTypeName = 'KeyValuePairOfstringstring:#System.Collections.Generic';

/** The type that an object names: a contract, a pair of strings, none, or one that we do not know. */
export type NamedType = CompiledContract | 'pair' | 'none' | 'unknown';

/** The types that most objects have, each as its bytes, with slashes escaped and not. */
const frequent = 'EntityReference OptionSetValue Money Entity AliasedValue EntityCollection'
  .split(' ')
  .flatMap((name) =>
    [contractsNamespace.replaceAll('/', '\\/'), contractsNamespace].map((namespace) => ({
      bytes: Buffer.from(`${name}:${namespace}`, 'latin1'),
      contract: contractNamed(name),
    })),
  );

const frequentType = (tape: Tape, value: number): CompiledContract | undefined => {
  for (const { bytes, contract } of frequent) if (hasBytes(tape, value, bytes)) return contract;
  return undefined;
};

/** Reads `__type`, which counts only as the first key of an object (DataContractJsonSerializer's rule). */
export const namedType = (tape: Tape, object: number): NamedType => {
  const key = object + nodeSize;
  if (key >= afterOf(tape, object) || !isNamed(tape, key, typeKey)) return 'none';
  const value = key + nodeSize;
  if (!isKind(tape, value, kinds.string)) return 'unknown';
  return frequentType(tape, value) ?? typeNamed(jsonText(tape, value));
};

const typeNamed = (text: string): NamedType => {
  if (text === pairTypeName) return 'pair';
  const [name = '', ...namespace] = text.split(':');
  if (namespace.join(':') !== contractsNamespace) return 'unknown';
  return contractNamed(name) ?? 'unknown';
};
