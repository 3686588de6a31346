import type { AccessKey } from './accessKey.ts';

export interface ConnectionStringOptions {
  /** A key that is not one of the namespace's, e.g. of one queue. */
  readonly key?: AccessKey;
  /** Name of a key of the namespace; the first one when absent. */
  readonly keyName?: string;
  /** Use the second of the two secrets. */
  readonly secondary?: boolean;
  /** Adds `EntityPath`. */
  readonly entityPath?: string;
}

const chosenKey = (keys: readonly AccessKey[], { key, keyName }: ConnectionStringOptions): AccessKey => {
  const found = key ?? (keyName === undefined ? keys[0] : keys.find(({ name }) => name === keyName));
  if (found === undefined) throw new Error(`There is no access key '${keyName ?? ''}'.`);
  return found;
};

/**
 * `UseDevelopmentEmulator` makes the client speak plain TCP to the port that the endpoint names.
 *
 * @throws Error when there is no such key.
 */
export const connectionStringOf = (
  port: number,
  keys: readonly AccessKey[],
  options: ConnectionStringOptions,
): string => {
  const { name, primaryKey, secondaryKey } = chosenKey(keys, options);
  const secret = options.secondary === true ? secondaryKey : primaryKey;
  if (secret === undefined) throw new Error(`Access key '${name}' has no second secret.`);
  return [
    `Endpoint=sb://127.0.0.1:${port}`,
    `SharedAccessKeyName=${name}`,
    `SharedAccessKey=${secret}`,
    ...(options.entityPath === undefined ? [] : [`EntityPath=${options.entityPath}`]),
    'UseDevelopmentEmulator=true',
  ].join(';');
};
