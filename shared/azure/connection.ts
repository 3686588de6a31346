/** How the app signs in at a namespace: with a key, or as the identity that Azure gave it. */
export type Connection =
  | { readonly kind: 'key'; readonly connectionString: string }
  | {
      readonly kind: 'identity';
      /** Host name of the namespace. */
      readonly namespace: string;
      /** Of a user-assigned identity; the app's own when absent. */
      readonly clientId?: string;
    };

/** Tells connections apart in a pool. */
export const connectionKey = (connection: Connection, entity = ''): string =>
  JSON.stringify([connection, entity]);

/** @param key as {@link connectionKey} made it. */
export const connectionOfKey = (key: string): readonly [connection: Connection, entity: string] =>
  JSON.parse(key) as [Connection, string];
