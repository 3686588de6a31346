import { failureCatalogue } from '../delivery/failureCatalogue.ts';
import { jobActions } from '../job/jobActions.ts';
import { jobStatuses } from '../job/jobStatus.ts';

/** ISO 8601 with a time and a zone. */
const time = {
  type: 'string',
  pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2}(\\.\\d+)?)?(Z|[+-]\\d{2}:\\d{2})$',
} as const;

const name = { type: 'string', minLength: 1, maxLength: 260 } as const;
const status = { type: 'string', enum: Object.keys(jobStatuses) } as const;
const flag = { type: 'boolean', const: true } as const;

/** Most jobs that can be named one by one. */
const mostIds = 1000;

/** Which jobs: criteria that must all hold. */
export const operationFilterSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    status: {
      anyOf: [
        status,
        { type: 'array', minItems: 1, maxItems: status.enum.length, uniqueItems: true, items: status },
      ],
    },
    attention: flag,
    endpoint: name,
    code: { type: 'string', enum: Object.keys(failureCatalogue) },
    table: name,
    message: name,
    record: name,
    correlationId: name,
    operationId: name,
    held: flag,
    retried: flag,
    minAttempts: { type: 'integer', minimum: 1, maximum: 100_000 },
    nextBefore: time,
    from: time,
    to: time,
    ids: {
      type: 'array',
      minItems: 1,
      maxItems: mostIds,
      items: { type: 'string', pattern: '^[0-9a-z]{9}-[0-9a-f]{32}$' },
    },
  },
} as const;

/** Body of `POST /api/operations`. */
export const operationSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['action', 'filter', 'reason'],
  properties: {
    action: { type: 'string', enum: jobActions },
    filter: operationFilterSchema,
    until: time,
    reason: { type: 'string', minLength: 1, maxLength: 500 },
    ratePerMinute: { type: 'integer', minimum: 1, maximum: 6000 },
    canary: {
      type: 'object',
      additionalProperties: false,
      properties: {
        steps: {
          type: 'array',
          minItems: 1,
          maxItems: 5,
          items: { type: 'integer', minimum: 1, maximum: 1000 },
        },
        failureLimitPercent: { type: 'integer', minimum: 0, maximum: 99 },
      },
    },
    cutOff: time,
    dryRun: { type: 'boolean' },
  },
} as const;
