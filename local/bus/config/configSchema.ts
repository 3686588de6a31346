import { accessKeySchema } from '../../sas/accessKeySchema.ts';
import { hubSchema, queueSchema, topicSchema } from './entitySchemas.ts';

/** JSON Schemas of what comes from outside. Their shapes are those of `BusConfig` and `FaultRule`. */

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
    topics: { type: 'array', items: topicSchema },
    eventHubs: { type: 'array', items: hubSchema },
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
