import { createHash } from 'node:crypto';
import type { Notification } from '../notification/notification.ts';

/**
 * Id of a system job, its Durable instance and its message: `<9 characters>-<32 hex digits>`.
 *
 * The first part is the inverted time of the operation in Dataverse, so that ids sort newest first; the second a hash
 * of what makes a notification that notification. The same notification, posted again, has the same id; nothing else
 * enters it, neither our clock nor chance.
 */
export type JobId = string;

const timeDigits = 9;

/** Largest time that nine digits of base 36 can hold: the year 5188. */
const farthestMs = 36 ** timeDigits - 1;

/** Regular expression of an id, as a schema has it. */
export const jobIdPattern = '^[0-9a-z]{9}-[0-9a-f]{32}$';

const idForm = new RegExp(jobIdPattern);

export const isJobId = (text: string): boolean => idForm.test(text);

/** The first part of an id for an operation at `timeMs` (milliseconds since 1970; clamped to what an id can hold). */
export const invertedTime = (timeMs: number): string =>
  (farthestMs - Math.min(Math.max(timeMs, 0), farthestMs)).toString(36).padStart(timeDigits, '0');

/** The time an id was made for, in milliseconds since 1970; 0 where the notification did not say. */
export const timeOfJobId = (id: JobId): number => farthestMs - Number.parseInt(id.slice(0, timeDigits), 36);

/** First hash digit: spreads jobs evenly over 16 partitions, and is computable from the id. */
export const shardOfJobId = (id: JobId): string => id.charAt(timeDigits + 1);

/** Every value {@link shardOfJobId} can have. */
export const shards: readonly string[] = Array.from({ length: 16 }, (_, index) => index.toString(16));

/**
 * What identifies a notification: a plug-in may post one operation twice with other contents, so the body counts.
 * With an `Idempotency-Key` the caller alone decides.
 */
const identity = (notification: Notification): readonly unknown[] =>
  notification.idempotencyKey === undefined
    ? [
        notification.operationId,
        notification.requestId,
        notification.correlationId,
        notification.owningExtensionId,
        notification.messageName,
        notification.stage,
        notification.primaryEntityName,
        notification.primaryEntityId,
        notification.operationCreatedOn?.getTime(),
        notification.bodyDigest,
      ]
    : ['Idempotency-Key', notification.idempotencyKey];

/** @see JobId */
export const jobIdOf = (notification: Notification): JobId => {
  const text = JSON.stringify([notification.endpoint, ...identity(notification)]);
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 32);
  return `${invertedTime(notification.operationCreatedOn?.getTime() ?? 0)}-${hash}`;
};
