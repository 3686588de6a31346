import { contracts, messageFormats, userClaims } from './serviceEndpoint.ts';

const names = {
  type: 'array',
  items: { type: 'string', minLength: 1, maxLength: 256 },
  uniqueItems: true,
  default: [],
} as const;

const retry = {
  description:
    'When a failed post is tried again. The delay before retry n is firstDelaySeconds x factor^(n-1), at most longestDelaySeconds, spread by up to a tenth either way. The job is Failed when totalHours or maxAttempts is used up.',
  type: 'object',
  additionalProperties: false,
  default: {},
  properties: {
    firstDelaySeconds: { type: 'number', minimum: 1, maximum: 86400, default: 5 },
    factor: { type: 'number', minimum: 1, maximum: 10, default: 2 },
    longestDelaySeconds: { type: 'number', minimum: 1, maximum: 86400, default: 3600 },
    totalHours: { type: 'number', exclusiveMinimum: 0, maximum: 720, default: 24 },
    maxAttempts: { type: 'integer', minimum: 1, maximum: 1000, default: 1000 },
  },
} as const;

const endpoint = {
  type: 'object',
  additionalProperties: false,
  required: ['name', 'contract', 'connection', 'path'],
  properties: {
    name: {
      description: 'Last part of the webhook address: /api/notify/{name}.',
      type: 'string',
      pattern: '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$',
    },
    contract: {
      description: 'Contract of the service endpoint. queue: a Service Bus queue.',
      enum: contracts,
    },
    connection: {
      description:
        'Name of the app setting that holds the connection string (a policy with the Send right is enough).',
      type: 'string',
      pattern: '^[A-Za-z_][A-Za-z0-9_:.-]{0,126}$',
    },
    path: {
      description: 'Name of the queue.',
      type: 'string',
      pattern: '^[A-Za-z0-9]([A-Za-z0-9._/-]{0,258}[A-Za-z0-9])?$',
    },
    messageFormat: {
      description: 'Format of the message body. json: the bytes that were received.',
      enum: messageFormats,
      default: 'json',
    },
    userClaim: {
      description: 'Whether the message names the calling and the initiating user.',
      enum: userClaims,
      default: 'userId',
    },
    retry,
    filter: {
      description:
        'Only these messages and tables become jobs; others are answered 202 with "job": null. Empty: all.',
      type: 'object',
      additionalProperties: false,
      default: {},
      properties: { messages: names, tables: names },
    },
  },
} as const;

/** JSON Schema of the endpoints file; published as docs/endpoints.schema.json. */
export const endpointsSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'Service endpoints of the Dataverse to Azure bridge',
  type: 'object',
  additionalProperties: false,
  required: ['endpoints'],
  properties: {
    $schema: { type: 'string' },
    endpoints: { type: 'array', minItems: 1, maxItems: 500, items: endpoint },
  },
} as const;
