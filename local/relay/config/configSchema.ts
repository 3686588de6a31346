import { accessKeySchema } from '../../sas/accessKeySchema.ts';

/** JSON Schemas of what comes from outside. Their shapes are those of `RelayConfig`, `RelaySettings` and `FaultRule`. */

const ms = { type: 'integer', minimum: 1 } as const;

export const relaySchema = {
  type: 'object',
  additionalProperties: false,
  required: ['name', 'kind'],
  properties: {
    // Azure Relay, "Naming rules": letters, numbers, `.`, `-`, `_` and `/` between them.
    name: { type: 'string', maxLength: 260, pattern: '^[A-Za-z0-9]$|^[A-Za-z0-9][\\w./-]*[A-Za-z0-9]$' },
    kind: { enum: ['hybridConnection', 'wcf'] },
    keys: { type: 'array', items: accessKeySchema },
    requiresClientAuthorization: { type: 'boolean' },
    noListenerStatus: { enum: [404, 502, 503] },
  },
} as const;

const fault = {
  type: 'object',
  additionalProperties: false,
  required: ['where', 'what'],
  properties: {
    where: { enum: ['listen', 'request', 'forward', 'answer'] },
    what: { enum: ['status', 'reset', 'drop', 'stall', 'delay', 'closeChannel', 'die'] },
    relay: { type: 'string', minLength: 1 },
    howOften: { anyOf: [{ type: 'integer', minimum: 1 }, { const: 'always' }] },
    afterHowMany: { type: 'integer', minimum: 0 },
    status: { type: 'integer', minimum: 200, maximum: 599 },
    description: { type: 'string' },
    headers: { type: 'object', additionalProperties: { type: 'string' } },
    delayMs: { type: 'integer', minimum: 0 },
  },
  allOf: [
    { if: { properties: { what: { const: 'status' } } }, then: { required: ['status'] } },
    { if: { properties: { what: { const: 'delay' } } }, then: { required: ['delayMs'] } },
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
    relays: { type: 'array', items: relaySchema },
    keys: { type: 'array', minItems: 1, items: accessKeySchema },
    answerWithinMs: ms,
    rendezvousWithinMs: ms,
    faults: faultsSchema,
  },
} as const;
