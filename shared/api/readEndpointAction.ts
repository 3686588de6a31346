import { Ajv, type ErrorObject } from 'ajv';
import type { AskedOfEndpoint, EndpointAction } from '../gate/actOnEndpoint.ts';
import { mostPerMinute } from '../gate/drainRate.ts';
import { plainText } from '../text/plainText.ts';

const longestReason = 500;

/** Body of `POST /api/endpoints/{name}/{action}`; may be absent. */
export const endpointActionSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    reason: { type: 'string', minLength: 1, maxLength: longestReason },
    perMinute: { type: 'integer', minimum: 1, maximum: mostPerMinute },
  },
} as const;

interface ActionBody {
  readonly reason?: string;
  readonly perMinute?: number;
}

const isActionBody = new Ajv({ allErrors: true, strict: true }).compile<ActionBody>(endpointActionSchema);

export type EndpointActionRead =
  | { readonly kind: 'read'; readonly asked: AskedOfEndpoint }
  | { readonly kind: 'faulty'; readonly faults: readonly string[] };

const parse = (text: string): { value: unknown } | undefined => {
  try {
    return { value: text.trim() === '' ? {} : JSON.parse(text) };
  } catch {
    return undefined;
  }
};

const describe = (error: ErrorObject): string => {
  const extra = (error.params as { additionalProperty?: string }).additionalProperty;
  return extra === undefined
    ? `${error.instancePath || 'the body'} ${error.message ?? error.keyword}`
    : `"${extra}" is not a member; there are reason and perMinute`;
};

/** Reads what a person asks of an endpoint; every fault is reported. */
export const readEndpointAction = (action: EndpointAction, text: string, by: string): EndpointActionRead => {
  const parsed = parse(text);
  if (parsed === undefined) return { kind: 'faulty', faults: ['the body is not JSON'] };
  const body = parsed.value;
  if (!isActionBody(body)) return { kind: 'faulty', faults: (isActionBody.errors ?? []).map(describe) };
  const { reason, perMinute } = body;
  if (perMinute !== undefined && action !== 'drain') {
    return { kind: 'faulty', faults: ['perMinute goes with drain only'] };
  }
  const because = reason === undefined ? undefined : plainText(reason, longestReason);
  return { kind: 'read', asked: { action, by, reason: because, perMinute } };
};
