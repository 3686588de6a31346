import { AsyncLocalStorage } from 'node:async_hooks';
import type { TableClient, TableServiceClientOptions } from '@azure/data-tables';

interface RowVersion {
  readonly partitionKey: string;
  readonly rowKey: string;
  readonly etag: string;
}

/** The delete that the transaction being sent has to guard. */
const guarded = new AsyncLocalStorage<RowVersion>();

/** The part of a transaction that deletes a row, up to the version it names: `*`, any. */
const unguardedDelete = ({ rowKey }: RowVersion): RegExp =>
  new RegExp(
    `(DELETE [^\\r\\n]*RowKey='${rowKey}'[^\\r\\n]*(?:\\r?\\n[^\\r\\n]+)*?\\r?\\nIf-Match: )\\*`,
    'i',
  );

type Policies = NonNullable<TableServiceClientOptions['additionalPolicies']>;
type Send = Policies[number]['policy']['sendRequest'];

const sendGuarded: Send = (request, next) => {
  const version = guarded.getStore();
  if (version === undefined || typeof request.body !== 'string') return next(request);
  const { body } = request;
  request.body = body.replace(unguardedDelete(version), (_all, head: string) => head + version.etag);
  if (request.body === body) throw new Error('The transaction has no delete to guard.');
  return next(request);
};

/** Every client that {@link deleteTogether} is called with has to be made with these. */
export const guardingPolicies: Policies = [
  { position: 'perCall', policy: { name: 'guardedDelete', sendRequest: sendGuarded } },
];

/**
 * Deletes two rows of one partition in one transaction, provided that the first still has its version. The service
 * takes If-Match for a delete within a transaction; the client (13.3) has no parameter for it and writes `*`.
 */
export const deleteTogether = (
  client: TableClient,
  first: RowVersion,
  secondRowKey: string,
  abortSignal: AbortSignal,
): Promise<unknown> => {
  const { partitionKey, rowKey } = first;
  return guarded.run(first, () =>
    client.submitTransaction(
      [
        ['delete', { partitionKey, rowKey }],
        ['delete', { partitionKey, rowKey: secondRowKey }],
      ],
      { abortSignal },
    ),
  );
};
