import { BlobServiceClient, RestError } from '@azure/storage-blob';
import type { ClaimStore } from '../../message/claimStore.ts';
import { bufferOf } from '../bufferOf.ts';

export interface ClaimStoreOptions {
  readonly connectionString: string;
  /** Made when it is missing. */
  readonly container: string;
  /** Longest wait for a request. */
  readonly deadlineMs: number;
}

/** The address goes to every listener; where storage is opened by a SAS, the client's address has it in the query. */
const withoutQuery = (address: string): string => {
  const url = new URL(address);
  url.search = '';
  return url.href;
};

/** Somebody deleted it while the app runs. */
const isContainerGone = (error: unknown): boolean =>
  error instanceof RestError && error.code === 'ContainerNotFound';

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
  const upload = async (name: string, body: Uint8Array, contentType: string): Promise<void> => {
    await folder.getBlockBlobClient(name).uploadData(bufferOf(body), {
      blobHTTPHeaders: { blobContentType: contentType },
      abortSignal: AbortSignal.timeout(deadlineMs),
    });
  };
  return {
    referenceOf: (name) => withoutQuery(folder.getBlockBlobClient(name).url),
    put: async (name, body, contentType) => {
      await makeContainer();
      try {
        await upload(name, body, contentType);
      } catch (error) {
        if (!isContainerGone(error)) throw error;
        made = undefined;
        await makeContainer();
        await upload(name, body, contentType);
      }
    },
  };
};
