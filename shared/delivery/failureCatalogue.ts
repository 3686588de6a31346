/**
 * Every way a post can fail: what it means, what happens next and what a person can do. The classifier, the job, the
 * API and docs/errors.md read this one table.
 *
 * `outcome`, as Dataverse's own service does: `retry` at growing intervals (network, busy, time-out), `suspend` until a
 * person resumes (credentials, missing or disabled entity), `fail` at once (what no repetition can mend).
 */
export type FailureOutcome = 'retry' | 'suspend' | 'fail';

export interface FailureMeaning {
  readonly outcome: FailureOutcome;
  /** Number that Dataverse shows for the like (signed HRESULT; data-service error codes on Microsoft Learn). */
  readonly errorCode: number;
  /** Plain cause, one sentence. */
  readonly cause: string;
  /** What to do, one sentence. */
  readonly advice: string;
}

/** ServiceBusPostFailed, 0x80044175. */
const postFailed = -2147204747;
/** ServiceBusPostPostponed, 0x80044179. */
const postPostponed = -2147204743;
/** ServiceBusMaxSizeExceeded, 0x80050208. */
const maxSizeExceeded = -2147155448;
/** ServiceBusEndpointNotConfigured, 0x80081112. */
const notConfigured = -2146954990;

export const failureCatalogue = {
  ConnectionFailed: {
    outcome: 'retry',
    errorCode: postPostponed,
    cause:
      'The namespace could not be reached: connection refused, reset or closed, or its name not resolved.',
    advice: 'Nothing, if it passes; else check the namespace in the connection string and the network rules.',
  },
  TimedOut: {
    outcome: 'retry',
    errorCode: postPostponed,
    cause: 'The broker did not confirm in time; the message may have arrived.',
    advice:
      'Nothing: the next attempt carries the same MessageId. Have duplicate detection on, with a window longer than the longest delay between attempts.',
  },
  AnswerLost: {
    outcome: 'retry',
    errorCode: postPostponed,
    cause: 'The connection ended before the answer came; the message may have arrived.',
    advice: 'Nothing: the next attempt carries the same message id, by which the listener can tell.',
  },
  Busy: {
    outcome: 'retry',
    errorCode: postPostponed,
    cause: 'The broker is throttling.',
    advice: 'Nothing, if it passes; else a higher tier or more messaging units.',
  },
  QuotaExceeded: {
    outcome: 'retry',
    errorCode: postPostponed,
    cause: 'The queue is full, or another quota of the namespace is used up.',
    advice: 'See that the consumer runs and the dead-letter queue is emptied, or enlarge the queue.',
  },
  NotStored: {
    outcome: 'retry',
    errorCode: postPostponed,
    cause: 'The broker handed the message back without storing it.',
    advice: 'Nothing: it is sent again.',
  },
  BrokerFault: {
    outcome: 'retry',
    errorCode: postPostponed,
    cause: 'The broker reported a fault of its own, or ended the connection.',
    advice: 'Nothing, if it passes; else look at the health of the namespace in Azure.',
  },
  Unauthorized: {
    outcome: 'suspend',
    errorCode: postFailed,
    cause: 'The broker refused the key, or the key lacks the Send right.',
    advice: 'Correct the connection string setting of the endpoint, then resume the jobs.',
  },
  IdentityUnavailable: {
    outcome: 'retry',
    errorCode: postPostponed,
    cause: 'The app got no token for its managed identity.',
    advice:
      'Nothing, if it passes; else see that the identity is assigned to the app, and that __clientId names it.',
  },
  EntityNotFound: {
    outcome: 'suspend',
    errorCode: postFailed,
    cause: 'The namespace has no entity of this name.',
    advice: 'Create it, or correct the path in the endpoints file, then resume the jobs.',
  },
  EntityDisabled: {
    outcome: 'suspend',
    errorCode: postFailed,
    cause: 'The entity is disabled for sending.',
    advice: 'Enable it in Azure, then resume the jobs.',
  },
  EndpointNotConfigured: {
    outcome: 'suspend',
    errorCode: notConfigured,
    cause: 'The endpoints file has no endpoint of this name any more.',
    advice: 'Add the endpoint again and resume the jobs, or cancel them.',
  },
  ContextTooLarge: {
    outcome: 'fail',
    errorCode: maxSizeExceeded,
    cause: 'The execution context is over 192 KB, even without the members that may be left out.',
    advice:
      'Post fewer columns (filtering attributes, smaller images), or set oversize to keep or claimCheck, and retry.',
  },
  ContextUnusable: {
    outcome: 'fail',
    errorCode: postFailed,
    cause: 'The execution context cannot be written in the format of the endpoint.',
    advice:
      'The technical message names the place; set messageFormat to json, or leave that column out, and retry.',
  },
  ClaimNotStored: {
    outcome: 'retry',
    errorCode: postPostponed,
    cause: 'The whole context could not be left in Blob Storage, so its message was not sent.',
    advice: 'Nothing, if it passes; else see that the storage account can be reached and has a blob service.',
  },
  NoListener: {
    outcome: 'retry',
    errorCode: postPostponed,
    cause: 'Nobody listens at the relay.',
    advice: 'Start the listener; a relay keeps no messages.',
  },
  ListenerFailed: {
    outcome: 'retry',
    errorCode: postPostponed,
    cause: 'The listener answered with a server error.',
    advice: 'Read what it said in the technical message and mend the listener.',
  },
  ListenerBusy: {
    outcome: 'retry',
    errorCode: postPostponed,
    cause: 'As many attempts are waiting for this listener as one endpoint may hold; nothing was sent.',
    advice: 'Nothing, if it passes; else make the listener faster, or lower answerWithinSeconds.',
  },
  ListenerRefused: {
    outcome: 'fail',
    errorCode: postFailed,
    cause: 'The listener refused the message.',
    advice: 'Read what it said in the technical message, mend what it complains of, and retry.',
  },
  MessageTooLarge: {
    outcome: 'fail',
    errorCode: maxSizeExceeded,
    cause: 'The message is larger than the entity takes.',
    advice: 'Allow larger messages on the entity (premium tier) and retry, or post fewer columns.',
  },
  Refused: {
    outcome: 'fail',
    errorCode: postFailed,
    cause: 'The broker refuses the message or the operation; repeating cannot help.',
    advice:
      'Read the technical message; correct the entity (for example one that demands sessions) and retry.',
  },
  Unknown: {
    outcome: 'retry',
    errorCode: postPostponed,
    cause: 'The post failed in a way that the bridge does not know; it is taken to be passing.',
    advice: 'Read the technical message; if it stays, report it.',
  },
} as const satisfies Record<string, FailureMeaning>;

export type FailureCode = keyof typeof failureCatalogue;

export const isFailureCode = (text: string): text is FailureCode => Object.hasOwn(failureCatalogue, text);
