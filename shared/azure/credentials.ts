import type { TokenCredential } from '@azure/identity';

/** Gives the credential of an identity; the same object for the same identity, since it keeps tokens. */
export type CredentialFor = (clientId: string | undefined) => TokenCredential;

/** The identity package is loaded at the first token only: an app that signs in with keys starts without it. */
const credentialOf = (clientId: string | undefined): TokenCredential => {
  let loaded: Promise<TokenCredential> | undefined;
  const load = async (): Promise<TokenCredential> => {
    const { DefaultAzureCredential } = await import('@azure/identity');
    return new DefaultAzureCredential(clientId === undefined ? {} : { managedIdentityClientId: clientId });
  };
  return {
    getToken: async (scopes, options) => {
      loaded ??= load();
      return (await loaded).getToken(scopes, options);
    },
  };
};

/** Credentials of managed identities; on a developer's machine those that DefaultAzureCredential finds there. */
export const credentials = (): CredentialFor => {
  const known = new Map<string | undefined, TokenCredential>();
  return (clientId) => {
    const credential = known.get(clientId) ?? credentialOf(clientId);
    known.set(clientId, credential);
    return credential;
  };
};
