import type { FailureCode } from './failureCatalogue.ts';

/** Names of the errors by which `@azure/identity` says that there is no token. */
const names: readonly string[] = [
  'CredentialUnavailableError',
  'AuthenticationError',
  'AggregateAuthenticationError',
  'AuthenticationRequiredError',
];

/** The meaning of an error that came from getting a token; undefined for any other. */
export const identityFailureOf = (error: unknown): FailureCode | undefined =>
  error instanceof Error && names.includes(error.name) ? 'IdentityUnavailable' : undefined;
