import type { RetryPolicy } from '../job/retryPolicy.ts';

/** Where and how messages go: one entry of the endpoints file, defaults filled in. */
export interface ServiceEndpoint {
  readonly name: string;
  readonly contract: Contract;
  /** Name of the app setting that holds the connection string; the file itself holds no secret. */
  readonly connection: string;
  /** Name of the queue. */
  readonly path: string;
  readonly messageFormat: MessageFormat;
  readonly userClaim: UserClaim;
  readonly retry: RetryPolicy;
  readonly filter: NotificationFilter;
}

/** Contracts of Dataverse's service endpoints that the bridge serves. */
export type Contract = (typeof contracts)[number];
export const contracts = ['queue'] as const;

/** Formats of the message body that the bridge writes. */
export type MessageFormat = (typeof messageFormats)[number];
export const messageFormats = ['json'] as const;

/** What the message says of the user ("User Information Sent" of Dataverse's registration tool). */
export type UserClaim = (typeof userClaims)[number];
export const userClaims = ['none', 'userId'] as const;

/** Which notifications become jobs; an empty list lets everything pass. Names compare without regard to case. */
export interface NotificationFilter {
  readonly messages: readonly string[];
  readonly tables: readonly string[];
}
