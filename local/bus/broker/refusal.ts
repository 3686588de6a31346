import { randomUUID } from 'node:crypto';

/** Why the service refuses something: an AMQP error condition and a text for people. */
export interface Refusal {
  readonly condition: string;
  readonly description: string;
}

export const isRefusal = (value: object): value is Refusal => 'condition' in value && 'description' in value;

/** Texts end in what Microsoft's support would ask for; clients tell some errors apart by the text before it. */
export const traced = (condition: string, text: string, system: string): Refusal => ({
  condition,
  description: `${text} TrackingId:${randomUUID()}_G0, SystemTracker:${system}, Timestamp:${new Date().toISOString().slice(0, 19)}`,
});

const moreToKnow = 'To know more visit https://aka.ms/sbResourceMgrExceptions. ';

/** The client maps this text, not only the condition, to `MessagingEntityNotFound`. */
export const entityNotFound = (uri: string): Refusal =>
  traced('amqp:not-found', `The messaging entity '${uri}' could not be found. ${moreToKnow}`, uri);

export const entityDisabled = (uri: string): Refusal =>
  traced(
    'com.microsoft:entity-disabled',
    `Messaging entity '${uri}' is currently disabled. ${moreToKnow}`,
    uri,
  );

export const claimMissing = (right: string, uri: string): Refusal =>
  traced(
    'amqp:unauthorized-access',
    `Unauthorized access. '${right}' claim(s) are required to perform this operation. Resource: '${uri}'.`,
    'NoSystemTracker',
  );

/** What a live link gets when its token has run out. */
export const tokenRanOut = (link: string, right: string, uri: string): Refusal =>
  traced(
    'amqp:link:detach-forced',
    `The link '${link}' is force detached. Code: RenewToken. Details: Unauthorized access. '${right}' claim(s) are required to perform this operation. Resource: '${uri}'..`,
    'gateway0',
  );

export const messageTooLarge = (sizeBytes: number, limitBytes: number): Refusal =>
  traced(
    'amqp:link:message-size-exceeded',
    `The received message (size:${sizeBytes} bytes) exceeds the limit (${limitBytes} bytes) currently allowed on the link.`,
    'NoSystemTracker',
  );

export const quotaExceeded = (queue: string, sizeBytes: number, limitBytes: number): Refusal =>
  traced(
    'amqp:resource-limit-exceeded',
    `The maximum entity size has been reached or exceeded for Queue: '${queue}'. Size of entity in bytes:${sizeBytes}, Max entity size in bytes: ${limitBytes}.`,
    queue,
  );

export const lockLost = (queue: string): Refusal =>
  traced(
    'com.microsoft:message-lock-lost',
    'The lock supplied is invalid. Either the lock expired, or the message has already been removed from the queue. For more information please see https://aka.ms/ServiceBusExceptions .',
    queue,
  );

export const messageNotFound = (queue: string): Refusal =>
  traced(
    'com.microsoft:message-not-found',
    'Failed to lock one or more specified messages. The message does not exist.',
    queue,
  );

export const serverBusy = (queue: string): Refusal =>
  traced(
    'com.microsoft:server-busy',
    `The request was terminated because the entity is being throttled. Error code: 50009. Please wait 2 seconds and try again. ${moreToKnow}`,
    queue,
  );

export const notAllowed = (text: string): Refusal => traced('amqp:not-allowed', text, 'NoSystemTracker');

export const malformed = (text: string): Refusal => traced('amqp:decode-error', text, 'NoSystemTracker');

export const noSendingToSubscriptions = (): Refusal =>
  notAllowed('Messages cannot be sent to a subscription: send them to its topic.');

export const noReceivingFromTopics = (): Refusal =>
  notAllowed('Messages cannot be received from a topic: receive them from one of its subscriptions.');

export const ruleNotFound = (path: string): Refusal =>
  traced('amqp:not-found', `The messaging entity '${path}' could not be found. ${moreToKnow}`, path);

export const entityExists = (path: string): Refusal =>
  traced('com.microsoft:entity-already-exists', `The messaging entity '${path}' already exists.`, path);

export const sessionMissing = (): Refusal =>
  notAllowed(
    'The SessionId was not set on a message, and it cannot be sent to the entity. Entities that have session support enabled can only receive messages that have the SessionId set to a valid value.',
  );

export const sessionRequired = (): Refusal =>
  notAllowed(
    'It is not possible for an entity that requires sessions to create a non-sessionful message receiver.',
  );

export const noSessionsHere = (): Refusal =>
  notAllowed('A sessionful message receiver cannot be created on an entity that does not require sessions.');

export const sessionLocked = (session: string, queue: string): Refusal =>
  traced(
    'com.microsoft:session-cannot-be-locked',
    `The requested session '${session}' cannot be accepted. It may be locked by another receiver.`,
    queue,
  );

export const sessionLockLost = (session: string, queue: string): Refusal =>
  traced(
    'com.microsoft:session-lock-lost',
    `The session lock has expired on the MessageSession '${session}'. Accept a new MessageSession.`,
    queue,
  );

/** No session had messages while the receiver waited. */
export const sessionTimeout = (queue: string): Refusal =>
  traced(
    'com.microsoft:timeout',
    'The operation did not complete within the allotted timeout. No session was available.',
    queue,
  );

export const noRulesHere = (): Refusal => notAllowed('Only a subscription has rules.');
