import { BlobServiceClient } from '@azure/storage-blob';
import getPort from 'get-port';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { azuriteConnectionString, startAzurite } from '../../local/azurite/startAzurite.ts';
import type { Child } from '../../local/process/child.ts';
import { blobClaimStore } from '../../shared/azure/blobs/blobClaimStore.ts';
import type { ClaimStore } from '../../shared/message/claimStore.ts';

let azurite: Child<unknown>;
let connectionString: string;
beforeAll(async () => {
  const [port, blobPort] = [await getPort(), await getPort()];
  azurite = await startAzurite({ port, blobPort });
  connectionString = azuriteConnectionString(port, blobPort);
});
afterAll(() => azurite.stop());

const storeIn = (container: string): ClaimStore =>
  blobClaimStore({ connectionString, container, deadlineMs: 3000 });

const body = new TextEncoder().encode('{"decimal":1.10}');

describe('contexts kept as blobs (M-13)', () => {
  it('can be read where the message says, byte for byte', async () => {
    const store = storeIn('first');
    await store.put('job-1', body, 'application/json');
    const client = BlobServiceClient.fromConnectionString(connectionString).getContainerClient('first');
    const blob = client.getBlobClient('job-1');
    expect(store.referenceOf('job-1')).toBe(blob.url);
    expect(Buffer.compare(await blob.downloadToBuffer(), body)).toBe(0);
    expect((await blob.getProperties()).contentType).toBe('application/json');
  });

  it('may be put twice, also at the same time', async () => {
    const store = storeIn('second');
    const puts = Array.from({ length: 5 }, () => store.put('job-2', body, 'application/json'));
    await expect(Promise.all(puts)).resolves.toHaveLength(5);
  });

  it('fail within the time limit when there is no blob service, and are stored once there is one', async () => {
    const nowhere = azuriteConnectionString(await getPort(), await getPort());
    const store = blobClaimStore({ connectionString: nowhere, container: 'third', deadlineMs: 500 });
    await expect(store.put('job-3', body, 'application/json')).rejects.toThrow();
    await expect(store.put('job-3', body, 'application/json')).rejects.toThrow();
  });

  it('are named without the key to them, where storage is opened by a SAS', () => {
    const sas = 'BlobEndpoint=https://account.blob.core.windows.net;SharedAccessSignature=sv=1&sig=SECRET';
    const store = blobClaimStore({ connectionString: sas, container: 'c', deadlineMs: 500 });
    expect(store.referenceOf('job-4')).toBe('https://account.blob.core.windows.net/c/job-4');
  });

  it('are stored although somebody deleted their container', async () => {
    const store = storeIn('fourth');
    await store.put('job-5', body, 'application/json');
    const client = BlobServiceClient.fromConnectionString(connectionString).getContainerClient('fourth');
    await client.delete();
    await store.put('job-5', body, 'application/json');
    expect(await client.getBlobClient('job-5').exists()).toBe(true);
  });

  it('need a connection string with a blob service', () => {
    const tablesOnly = azuriteConnectionString(1);
    expect(() => blobClaimStore({ connectionString: tablesOnly, container: 'c', deadlineMs: 500 })).toThrow();
  });
});
