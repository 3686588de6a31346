import { hintTypes } from '../context/write/hints.ts';
import { mostInWindow } from '../gate/breakerWindow.ts';
import { mostPerMinute } from '../gate/drainRate.ts';
import {
  contracts,
  keySources,
  messageFormats,
  oversizePolicies,
  relayListeners,
  tiers,
  userClaims,
} from './serviceEndpoint.ts';

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

const seconds = { type: 'integer', minimum: 1, maximum: 86400 } as const;

const breaker = {
  description:
    'When the endpoint is left alone because it keeps failing: at least failurePercent (80) of at least minAttempts (20) attempts by at least minJobs (5) jobs within windowSeconds (60) failed for a reason that lies with it. Jobs are held then, without spending attempts, for openSeconds (30), doubled up to longestOpenSeconds (900) by every probe that fails. false: never.',
  anyOf: [
    { const: false },
    {
      type: 'object',
      additionalProperties: false,
      properties: {
        windowSeconds: { type: 'integer', minimum: 1, maximum: 3600 },
        minAttempts: { type: 'integer', minimum: 1, maximum: mostInWindow },
        minJobs: { type: 'integer', minimum: 1, maximum: mostInWindow },
        failurePercent: { type: 'number', minimum: 1, maximum: 100 },
        openSeconds: seconds,
        longestOpenSeconds: seconds,
      },
    },
  ],
} as const;

const filter = {
  description:
    'Only these messages and tables become jobs; others are answered 202 with "job": null. Empty: all.',
  type: 'object',
  additionalProperties: false,
  default: {},
  properties: {
    messages: names,
    tables: names,
    stages: {
      description: 'Pipeline stages: 10, 20, 40 ...',
      type: 'array',
      items: { type: 'integer', minimum: 0, maximum: 100 },
      uniqueItems: true,
      default: [],
    },
    changedColumns: {
      description: 'An Update passes only if its target has one of these columns.',
      ...names,
    },
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
      description:
        'Contract of the service endpoint: a Service Bus queue or topic, an Event Hub, or a listener behind Azure Relay (oneWay, twoWay, rest).',
      enum: contracts,
    },
    connection: {
      description:
        "Name of the app setting that holds the connection string (a policy with the Send right is enough), or that, with __fullyQualifiedNamespace behind it, names the namespace for the app's managed identity.",
      type: 'string',
      pattern: '^[A-Za-z_][A-Za-z0-9_:.-]{0,126}$',
    },
    path: {
      description: 'Name of the queue, topic, event hub or relay.',
      type: 'string',
      pattern: '^[A-Za-z0-9]([A-Za-z0-9._/-]{0,258}[A-Za-z0-9])?$',
    },
    messageFormat: {
      description:
        'Format of the message body. json: the bytes that were received. xml: as DataContractSerializer writes it. binary: .NET binary XML.',
      enum: messageFormats,
      default: 'json',
    },
    userClaim: {
      description: 'Whether the message names the calling and the initiating user.',
      enum: userClaims,
      default: 'userId',
    },
    retry,
    breaker,
    drainPerMinute: {
      description: 'Jobs that were held are let go at this rate, unless a person says otherwise.',
      type: 'integer',
      minimum: 1,
      maximum: mostPerMinute,
      default: 600,
    },
    oversize: {
      description:
        'What happens to a context over 192 KB. strip: as Dataverse does, without ParentContext, InputParameters and the images. fail: the job is Failed. keep: it goes out whole, if the tier takes it. claimCheck: the whole context is left in a blob that the message names; the message has it without these, OutputParameters and SharedVariables.',
      enum: oversizePolicies,
      default: 'strip',
    },
    tier: {
      description: 'Tier of the namespace; bounds how large a message may be.',
      enum: tiers,
      default: 'standard',
    },
    aliases: {
      description:
        'Whether each claim stands a second time in the properties, under its short name (EntityLogicalName), for consumers that cannot take URIs as names.',
      type: 'boolean',
      default: false,
    },
    columns: {
      description:
        'Columns of the record whose values become properties of the message, under the names of the columns.',
      type: 'array',
      items: { type: 'string', pattern: '^[a-z][a-z0-9_]{0,127}$' },
      uniqueItems: true,
      maxItems: 50,
      default: [],
    },
    session: { description: 'Queue, topic: what the session id is taken from.', enum: keySources },
    partitionKey: {
      description: 'Event hub: what the partition key is taken from. Default record.',
      enum: keySources,
    },
    timeToLiveSeconds: {
      description: 'Queue, topic: how long the broker keeps the message.',
      type: 'integer',
      minimum: 1,
      maximum: 31536000,
    },
    delaySeconds: {
      description: 'Queue, topic: how long after the attempt receivers see the message.',
      type: 'integer',
      minimum: 1,
      maximum: 604800,
    },
    listener: {
      description: 'Relay contracts: what listens. Default hybridConnection.',
      enum: relayListeners,
    },
    answerWithinSeconds: {
      description:
        "Relay contracts: longest wait for the listener. Default 60, where the relay itself gives up. An attempt holds one of the app's activities meanwhile.",
      type: 'integer',
      minimum: 1,
      maximum: 60,
    },
    filter,
  },
} as const;

const hints = {
  description:
    'Types that JSON cannot tell, for formats xml and binary: "table.column" or "Message.Parameter" to type; * stands for every table.',
  type: 'object',
  propertyNames: { pattern: '^[^.]+\\.[^.]+$' },
  additionalProperties: { enum: hintTypes },
  default: {},
} as const;

const masked = {
  description:
    'Columns and parameters whose values people are not shown: "column" for every table, or "table.column". What is delivered is never masked.',
  type: 'array',
  items: { type: 'string', pattern: '^[^.\\s]+(\\.[^.\\s]+)?$', maxLength: 256 },
  uniqueItems: true,
  maxItems: 1000,
  default: [],
} as const;

const route = {
  description:
    'What is posted to /api/notify, without a name, becomes a job at each of these endpoints whose filters let it pass.',
  type: 'object',
  additionalProperties: false,
  required: ['name', 'endpoints'],
  properties: {
    name: { type: 'string', minLength: 1, maxLength: 100 },
    endpoints: { type: 'array', minItems: 1, items: { type: 'string' }, uniqueItems: true },
    filter,
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
    routes: { type: 'array', maxItems: 500, items: route, default: [] },
    hints,
    masked,
  },
} as const;

const namePattern = new RegExp(endpoint.properties.name.pattern);

/** Whether a text can be the name of a service endpoint. */
export const isEndpointName = (text: string): boolean => namePattern.test(text);
