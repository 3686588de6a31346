import { randomUUID } from 'node:crypto';
import { makeSasToken } from '../../sas/sasToken.ts';
import type { RelayNamespace } from './connectionString.ts';

/** A token for the relay `path` that is good for `lifeMs` from now. The resource is written as http, as the SDKs do. */
export const listenerToken = ({ host, signer }: RelayNamespace, path: string, lifeMs: number): string =>
  makeSasToken(`http://${host}/${path}`, signer, Math.ceil((Date.now() + lifeMs) / 1000));

/** Where a listener registers ("Listener control channel connection"). */
export const listenAddress = ({ host, isSecure }: RelayNamespace, path: string, token: string): string => {
  const query = new URLSearchParams({
    'sb-hc-action': 'listen',
    'sb-hc-id': randomUUID(),
    'sb-hc-token': token,
  });
  const encodedPath = path.split('/').map(encodeURIComponent).join('/');
  return `${isSecure ? 'wss' : 'ws'}://${host}/$hc/${encodedPath}?${query.toString()}`;
};
