import { createHmac } from 'node:crypto';

export interface SasKey {
  readonly keyName: string;
  readonly key: string;
}

/**
 * A shared access signature for a resource (Microsoft Learn, "Azure Relay authentication and authorization").
 *
 * @param resource address of the relay, `http://<namespace>/<path>`.
 * @param expiresAt seconds since 1970.
 */
export const sasToken = (resource: string, { keyName, key }: SasKey, expiresAt: number): string => {
  const scope = encodeURIComponent(resource.toLowerCase());
  const signature = createHmac('sha256', key).update(`${scope}\n${expiresAt}`).digest('base64');
  return `SharedAccessSignature sr=${scope}&sig=${encodeURIComponent(signature)}&se=${expiresAt}&skn=${encodeURIComponent(keyName)}`;
};
