import type { BreakerOptions } from '../gate/breakerOptions.ts';
import type { RetryPolicy } from '../job/retryPolicy.ts';

/** Where and how messages go: one entry of the endpoints file, defaults filled in. */
export interface ServiceEndpoint {
  readonly name: string;
  readonly contract: Contract;
  /** Name of the app setting that holds the connection string; the file itself holds no secret. */
  readonly connection: string;
  /** Name of the queue, topic, event hub or relay. */
  readonly path: string;
  readonly messageFormat: MessageFormat;
  readonly userClaim: UserClaim;
  readonly retry: RetryPolicy;
  /** When it is left alone because it keeps failing; false for never. What is absent has its default. */
  readonly breaker?: Partial<BreakerOptions> | false;
  /** Jobs that were held are let go at this rate, unless a person says otherwise. */
  readonly drainPerMinute: number;
  readonly filter: NotificationFilter;
  readonly oversize: OversizePolicy;
  /** Tier of the namespace: bounds how large a message may be. */
  readonly tier: Tier;
  /** Whether each claim has a second property under its short name, for consumers that cannot take URIs as names. */
  readonly aliases: boolean;
  /** Columns of the record whose values become properties of the message, for subscription filters. */
  readonly columns: readonly string[];
  /** Queue and topic: what the session id is taken from. */
  readonly session?: KeySource;
  /** Event hub: what the partition key is taken from. */
  readonly partitionKey?: KeySource;
  /** Queue and topic: how long the broker keeps the message. */
  readonly timeToLiveSeconds?: number;
  /** Queue and topic: how long after the attempt the broker shows the message to receivers. */
  readonly delaySeconds?: number;
  /** Relay contracts: what listens there. */
  readonly listener?: RelayListener;
  /** Relay contracts: longest wait for the listener; an attempt holds one of the app's activities meanwhile. */
  readonly answerWithinSeconds?: number;
}

/** Contracts of Dataverse's service endpoints. */
export type Contract = (typeof contracts)[number];
export const contracts = ['queue', 'topic', 'eventHub', 'oneWay', 'twoWay', 'rest'] as const;

/** Formats of the message body: the received JSON, text XML, .NET binary XML. */
export type MessageFormat = (typeof messageFormats)[number];
export const messageFormats = ['json', 'xml', 'binary'] as const;

/** What the message says of the user ("User Information Sent" of Dataverse's registration tool). */
export type UserClaim = (typeof userClaims)[number];
export const userClaims = ['none', 'userId', 'userInfo'] as const;

/**
 * What happens to a context over Dataverse's bound of 192 KB: four members are left out, the job is Failed, it goes out
 * whole if the broker takes it, or it is left in a blob that the message names.
 */
export type OversizePolicy = (typeof oversizePolicies)[number];
export const oversizePolicies = ['strip', 'fail', 'keep', 'claimCheck'] as const;

export type Tier = (typeof tiers)[number];
export const tiers = ['basic', 'standard', 'premium'] as const;

/** Where a session id or partition key comes from. */
export type KeySource = (typeof keySources)[number];
export const keySources = ['record', 'table', 'organization', 'correlation', 'user'] as const;

/** A Hybrid Connection, or a listener of Windows Communication Foundation as Dataverse's samples have it. */
export type RelayListener = (typeof relayListeners)[number];
export const relayListeners = ['hybridConnection', 'wcf'] as const;

/** Which notifications become jobs; an empty list lets everything pass. Names compare without regard to case. */
export interface NotificationFilter {
  readonly messages: readonly string[];
  readonly tables: readonly string[];
  /** Pipeline stages, as Dataverse numbers them. */
  readonly stages: readonly number[];
  /** Of an Update, at least one of these columns must be in its target; other messages pass. */
  readonly changedColumns: readonly string[];
}

const relayContracts: readonly Contract[] = ['oneWay', 'twoWay', 'rest'];

/** Whether the message goes to a listener behind Azure Relay, which keeps nothing. */
export const isRelayContract = (contract: Contract): contract is 'oneWay' | 'twoWay' | 'rest' =>
  relayContracts.includes(contract);
