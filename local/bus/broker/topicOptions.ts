import type { Rule } from '../rules/rule.ts';
import type { QueueCounts } from './queueCounts.ts';
import type { QueueOptions } from './queueSettings.ts';

/** A topic as Azure Resource Manager describes it, with its subscriptions. All but the name may be left out. */
export interface TopicOptions extends Pick<
  QueueOptions,
  | 'name'
  | 'defaultTimeToLiveMs'
  | 'duplicateDetectionWindowMs'
  | 'maxMessageBytes'
  | 'maxSizeBytes'
  | 'status'
  | 'keys'
> {
  /** To create or change; others the topic has stay as they are. */
  readonly subscriptions?: readonly SubscriptionOptions[];
}

/** A subscription; its name is unique in its topic. */
export interface SubscriptionOptions extends Pick<
  QueueOptions,
  | 'name'
  | 'lockDurationMs'
  | 'maxDeliveryCount'
  | 'defaultTimeToLiveMs'
  | 'deadLetterOnExpiration'
  | 'requiresSession'
  | 'status'
> {
  /** Absent: those it has; a new subscription gets one that lets everything through. */
  readonly rules?: readonly Rule[];
}

/** Of the messages in the topic itself only scheduled ones are counted; the others are in its subscriptions. */
export interface TopicCounts extends Pick<
  QueueCounts,
  'name' | 'scheduled' | 'sizeBytes' | 'acceptedTransfers' | 'acceptedMessages' | 'droppedDuplicates'
> {
  /** `name` is that of the subscription alone. */
  readonly subscriptions: readonly SubscriptionCounts[];
}

export type SubscriptionCounts = Omit<
  QueueCounts,
  'acceptedTransfers' | 'acceptedMessages' | 'droppedDuplicates' | 'scheduled'
>;
