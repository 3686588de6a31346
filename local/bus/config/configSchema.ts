import { accessKeySchema } from '../../sas/accessKeySchema.ts';

/** JSON Schemas of what comes from outside. Their shapes are those of `BusConfig`, `QueueOptions` and `FaultRule`. */

const ms = { type: 'integer', minimum: 1 } as const;

export const queueSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['name'],
  properties: {
    // Service Bus documentation, "Naming rules": letters, numbers, `.`, `-`, `_` and `/` between them.
    name: { type: 'string', maxLength: 260, pattern: '^[A-Za-z0-9]$|^[A-Za-z0-9][\\w./-]*[A-Za-z0-9]$' },
    lockDurationMs: ms,
    maxDeliveryCount: { type: 'integer', minimum: 1, maximum: 2000 },
    defaultTimeToLiveMs: ms,
    deadLetterOnExpiration: { type: 'boolean' },
    duplicateDetectionWindowMs: ms,
    maxMessageBytes: { type: 'integer', minimum: 1 },
    maxSizeBytes: { type: 'integer', minimum: 1 },
    status: { enum: ['Active', 'Disabled', 'SendDisabled', 'ReceiveDisabled'] },
    keys: { type: 'array', items: accessKeySchema },
  },
} as const;

const fault = {
  type: 'object',
  additionalProperties: false,
  required: ['where', 'what'],
  properties: {
    where: { enum: ['connect', 'open', 'cbs', 'attach', 'transfer', 'disposition', 'management'] },
    what: {
      enum: [
        ...['reset', 'drop', 'mute', 'close', 'endSession', 'detach', 'status', 'refuse', 'reject'],
        ...['noCredit', 'release', 'modify', 'delay', 'throttle', 'die'],
      ],
    },
    when: { enum: ['before', 'after'] },
    entity: { type: 'string', minLength: 1 },
    role: { enum: ['sender', 'receiver'] },
    howOften: { anyOf: [{ type: 'integer', minimum: 1 }, { const: 'always' }] },
    afterHowMany: { type: 'integer', minimum: 0 },
    condition: { type: 'string', minLength: 1 },
    description: { type: 'string' },
    status: { type: 'integer', minimum: 200, maximum: 599 },
    delayMs: { type: 'integer', minimum: 0 },
    perSecond: { type: 'integer', minimum: 0 },
  },
  allOf: [
    {
      if: { properties: { what: { enum: ['close', 'endSession', 'detach', 'refuse', 'reject'] } } },
      then: { required: ['condition'] },
    },
    { if: { properties: { what: { const: 'status' } } }, then: { required: ['status'] } },
    { if: { properties: { what: { const: 'delay' } } }, then: { required: ['delayMs'] } },
    { if: { properties: { what: { const: 'throttle' } } }, then: { required: ['perSecond'] } },
  ],
} as const;

export const faultsSchema = { type: 'array', items: fault } as const;

const port = { type: 'integer', minimum: 0, maximum: 65_535 } as const;

export const configSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    port,
    controlPort: port,
    queues: { type: 'array', items: queueSchema },
    keys: { type: 'array', minItems: 1, items: accessKeySchema },
    stateFolder: { type: 'string', minLength: 1 },
    sync: { type: 'boolean' },
    faults: faultsSchema,
  },
} as const;

export const advanceSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['ms'],
  properties: { ms: { type: 'integer', minimum: 0 } },
} as const;
