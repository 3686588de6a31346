/** JSON Schemas of `QueueOptions`, `TopicOptions`, `SubscriptionOptions` and `HubOptions`. */

import { accessKeySchema } from '../../sas/accessKeySchema.ts';

const ms = { type: 'integer', minimum: 1 } as const;
const status = { enum: ['Active', 'Disabled', 'SendDisabled', 'ReceiveDisabled'] } as const;

/** Service Bus documentation, "Naming rules": letters, numbers, `.`, `-`, `_` and `/` between them. */
const entityName = {
  type: 'string',
  maxLength: 260,
  pattern: '^[A-Za-z0-9]$|^[A-Za-z0-9][\\w./-]*[A-Za-z0-9]$',
} as const;

/** The same for subscriptions and rules: shorter, without `/`; the rule that is there by itself starts with `$`. */
const shortName = {
  type: 'string',
  maxLength: 50,
  pattern: '^[A-Za-z0-9$]$|^[A-Za-z0-9$][\\w.-]*[A-Za-z0-9]$',
} as const;

/** What queues and subscriptions have in common. */
const receivable = {
  lockDurationMs: ms,
  maxDeliveryCount: { type: 'integer', minimum: 1, maximum: 2000 },
  defaultTimeToLiveMs: ms,
  deadLetterOnExpiration: { type: 'boolean' },
  requiresSession: { type: 'boolean' },
  status,
} as const;

/** What queues and topics have in common. */
const sendable = {
  defaultTimeToLiveMs: ms,
  duplicateDetectionWindowMs: ms,
  maxMessageBytes: { type: 'integer', minimum: 1 },
  maxSizeBytes: { type: 'integer', minimum: 1 },
  status,
  keys: { type: 'array', items: accessKeySchema },
} as const;

export const queueSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['name'],
  properties: { name: entityName, ...receivable, ...sendable },
} as const;

const text = { type: 'string' } as const;

const filterSchemas = [
  {
    properties: { type: { enum: ['true', 'false'] } },
    required: ['type'],
    additionalProperties: false,
  },
  {
    properties: { type: { const: 'sql' }, expression: { type: 'string', minLength: 1 } },
    required: ['type', 'expression'],
    additionalProperties: false,
  },
  {
    properties: {
      type: { const: 'correlation' },
      correlationId: text,
      messageId: text,
      to: text,
      replyTo: text,
      subject: text,
      sessionId: text,
      replyToSessionId: text,
      contentType: text,
      applicationProperties: {
        type: 'object',
        additionalProperties: { type: ['string', 'number', 'boolean'] },
      },
    },
    required: ['type'],
    additionalProperties: false,
  },
] as const;

const rule = {
  type: 'object',
  additionalProperties: false,
  required: ['name', 'filter'],
  properties: {
    name: shortName,
    filter: {
      type: 'object',
      required: ['type'],
      discriminator: { propertyName: 'type' },
      oneOf: filterSchemas,
    },
  },
} as const;

export const subscriptionSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['name'],
  properties: { name: shortName, ...receivable, rules: { type: 'array', items: rule } },
} as const;

export const topicSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['name'],
  properties: { name: entityName, ...sendable, subscriptions: { type: 'array', items: subscriptionSchema } },
} as const;

export const hubSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['name'],
  properties: {
    // Event Hubs documentation, "Quotas": like other names, but without `/`, up to 256 characters.
    name: { ...entityName, maxLength: 256, pattern: '^[A-Za-z0-9]$|^[A-Za-z0-9][\\w.-]*[A-Za-z0-9]$' },
    partitions: { type: 'integer', minimum: 1, maximum: 1024 },
    consumerGroups: { type: 'array', items: shortName },
    maxMessageBytes: { type: 'integer', minimum: 1 },
    retentionMs: ms,
    maxEventsPerPartition: { type: 'integer', minimum: 1 },
    status: { enum: ['Active', 'Disabled', 'SendDisabled'] },
    keys: { type: 'array', items: accessKeySchema },
  },
} as const;
