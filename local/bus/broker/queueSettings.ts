import type { AccessKey } from '../../sas/accessKey.ts';
import type { Rule } from '../rules/rule.ts';

/** `SendDisabled` still delivers, `ReceiveDisabled` still accepts (Service Bus documentation, "Entity suspension"). */
type QueueStatus = 'Active' | 'Disabled' | 'SendDisabled' | 'ReceiveDisabled';

/** A queue as Azure Resource Manager describes it; durations are milliseconds instead of ISO 8601 texts. */
export interface QueueSettings {
  /** Case is kept but not told apart; may contain `/`. */
  readonly name: string;
  readonly lockDurationMs: number;
  /** Failed deliveries after which a message is dead-lettered. */
  readonly maxDeliveryCount: number;
  /** Shortens the time to live of messages; absent: they live until somebody takes them. */
  readonly defaultTimeToLiveMs?: number;
  /** An expired message goes to the dead-letter sub-queue instead of being dropped. */
  readonly deadLetterOnExpiration: boolean;
  /** How long the id of an accepted message is remembered; absent: duplicates are not looked for. */
  readonly duplicateDetectionWindowMs?: number;
  /** Of one transfer, batches too. 256 KiB in the standard tier. */
  readonly maxMessageBytes: number;
  /** Of everything the queue holds, dead letters too. */
  readonly maxSizeBytes: number;
  readonly status: QueueStatus;
  /** Messages belong to sessions, and are received by session; cannot be changed later. */
  readonly requiresSession?: boolean;
  /** Keys that open this queue only. */
  readonly keys: readonly AccessKey[];
  /** Absent: a queue. A topic holds scheduled messages only; a subscription is named `topic/Subscriptions/name`. */
  readonly kind?: 'topic' | 'subscription';
  /** Of a subscription. */
  readonly rules?: readonly Rule[];
}

/** All but the name may be left out. */
export type QueueOptions = Partial<QueueSettings> & Pick<QueueSettings, 'name'>;

/** What Azure gives a queue that is created with its name only (standard tier). */
const defaults: Omit<QueueSettings, 'name'> = {
  lockDurationMs: 60_000,
  maxDeliveryCount: 10,
  deadLetterOnExpiration: false,
  maxMessageBytes: 256 * 1024,
  maxSizeBytes: 1024 ** 3,
  status: 'Active',
  keys: [],
};

export const queueSettings = (options: QueueOptions): QueueSettings => ({ ...defaults, ...options });

/** How queue names are compared. */
export const queueKey = (name: string): string => name.toLowerCase();
