import { BlobServiceClient } from '@azure/storage-blob';
import type { ClaimStore } from '../../message/claimStore.ts';
import { bufferOf } from '../bufferOf.ts';

export interface ClaimStoreOptions {
  readonly connectionString: string;
  /** Made when it is missing. */
  readonly container: string;
  /** Longest wait for a request. */
  readonly deadlineMs: number;
}

/**
 * Keeps contexts as blobs, one for each job. Putting one twice writes the same bytes to the same name.
 *
 * @throws Error when the connection string names no blob service.
 */
export const blobClaimStore = ({
  connectionString,
  container,
  deadlineMs,
}: ClaimStoreOptions): ClaimStore => {
  const retryOptions = { maxTries: 1, tryTimeoutInMs: deadlineMs };
  const client = BlobServiceClient.fromConnectionString(connectionString, { retryOptions });
  const folder = client.getContainerClient(container);
  let made: Promise<unknown> | undefined;
  const makeContainer = async (): Promise<void> => {
    made ??= folder.createIfNotExists({ abortSignal: AbortSignal.timeout(deadlineMs) });
    try {
      await made;
    } catch (error) {
      made = undefined;
      throw error;
    }
  };
  return {
    referenceOf: (name) => folder.getBlockBlobClient(name).url,
    put: async (name, body, contentType) => {
      await makeContainer();
      await folder.getBlockBlobClient(name).uploadData(bufferOf(body), {
        blobHTTPHeaders: { blobContentType: contentType },
        abortSignal: AbortSignal.timeout(deadlineMs),
      });
    },
  };
};
