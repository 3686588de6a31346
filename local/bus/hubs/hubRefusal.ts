import { traced, type Refusal } from '../broker/refusal.ts';

/** The partition has been taken over. */
export const readerDisplaced = (partition: string, ownerLevel: number): Refusal =>
  traced(
    'amqp:link:stolen',
    `New receiver with higher epoch of '${ownerLevel}' is created hence current receiver with a lower epoch is getting disconnected. If you are recreating the receiver, make sure a higher epoch is used.`,
    partition,
  );

export const tooManyReaders = (partition: string, limit: number): Refusal =>
  traced(
    'amqp:resource-limit-exceeded',
    `Exceeded the maximum number of allowed receivers per partition in a consumer group which is ${limit}.`,
    partition,
  );

export const noSuchPartition = (partition: string, partitions: number, hub: string): Refusal =>
  traced(
    'com.microsoft:argument-out-of-range',
    `The specified partition is invalid for an EventHub partition sender or receiver: '${partition}'. It should be between 0 and ${partitions - 1}.`,
    hub,
  );

export const unsupported = (what: string, hub: string): Refusal =>
  traced('amqp:not-implemented', `${what} is not available here.`, hub);
