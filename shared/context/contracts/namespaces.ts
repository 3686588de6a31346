/** Namespace of most data contracts of Dataverse, and the default namespace of every document. */
export const contractsNamespace = 'http://schemas.microsoft.com/xrm/2011/Contracts';

export const instanceNamespace = 'http://www.w3.org/2001/XMLSchema-instance';

/**
 * Namespaces that are declared with a prefix where they are needed.
 * `collections`: members `key` and `value` of .NET's KeyValuePair. `keys`: items of KeyAttributes. `options`: items of
 * an OptionSetValueCollection. `schema`: XML Schema's simple types. `serialization`: `guid`. `arrays`: items of lists of
 * simple values.
 */
export const prefixedNamespaces = {
  collections: 'http://schemas.datacontract.org/2004/07/System.Collections.Generic',
  keys: 'http://schemas.microsoft.com/xrm/7.1/Contracts',
  options: 'http://schemas.microsoft.com/xrm/9.0/Contracts',
  schema: 'http://www.w3.org/2001/XMLSchema',
  serialization: 'http://schemas.microsoft.com/2003/10/Serialization/',
  arrays: 'http://schemas.microsoft.com/2003/10/Serialization/Arrays',
} as const;

export type PrefixedNamespace = keyof typeof prefixedNamespaces;

/** `default`: the namespace of the document, which needs no prefix. */
export type Namespace = PrefixedNamespace | 'default';
