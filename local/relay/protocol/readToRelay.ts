import { Ajv } from 'ajv';
import { check } from '../../schema/check.ts';
import type { ToRelay } from './messages.ts';

/** A status a listener may answer with: not 502 and 504, by which the relay speaks for itself (same page). */
const statusCode = {
  anyOf: [
    { type: 'integer', minimum: 200, maximum: 599, not: { enum: [502, 504] } },
    { type: 'string', pattern: '^[2-5]\\d\\d$', not: { enum: ['502', '504'] } },
  ],
} as const;

const response = {
  type: 'object',
  required: ['requestId', 'statusCode'],
  properties: {
    requestId: { type: 'string' },
    statusCode,
    statusDescription: { type: 'string' },
    responseHeaders: {
      type: 'object',
      additionalProperties: {
        anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }],
      },
    },
    body: { type: 'boolean' },
  },
} as const;

const renewToken = {
  type: 'object',
  required: ['token'],
  properties: { token: { type: 'string' } },
} as const;

const message = {
  type: 'object',
  oneOf: [
    { required: ['response'], properties: { response } },
    { required: ['renewToken'], properties: { renewToken } },
  ],
} as const;

const validate = new Ajv({ allErrors: true, strict: false }).compile<ToRelay>(message);

/** @throws Error when it is no message of a listener. */
export const readToRelay = (value: unknown): ToRelay => check('The message', validate, value);
