import type { AskedOfEndpoint, EndpointAction } from '../gate/actOnEndpoint.ts';
import { mostPerMinute } from '../gate/drainRate.ts';
import { bodyReader } from './readJsonBody.ts';
import { plainReason, reasonText } from './reason.ts';
import { integer, type Schema } from './schemas/schema.ts';

/** Body of `POST /api/endpoints/{name}/{action}`; may be absent. */
export const endpointActionBody: Schema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    reason: reasonText('Why; shown with the endpoint.'),
    perMinute: integer('With drain: held jobs that are let go in a minute.', {
      minimum: 1,
      maximum: mostPerMinute,
    }),
  },
};

interface ActionBody {
  readonly reason?: string;
  readonly perMinute?: number;
}

const readBody = bodyReader<ActionBody>(endpointActionBody);

export type EndpointActionRead =
  | { readonly kind: 'read'; readonly asked: AskedOfEndpoint }
  | { readonly kind: 'faulty'; readonly faults: readonly string[] };

/** Reads what a person asks of an endpoint; every fault is reported. */
export const readEndpointAction = (action: EndpointAction, json: string, by: string): EndpointActionRead => {
  const read = readBody(json);
  if (read.kind === 'faulty') return read;
  const { reason, perMinute } = read.body;
  if (perMinute !== undefined && action !== 'drain') {
    return { kind: 'faulty', faults: ['perMinute goes with drain only.'] };
  }
  const because = reason === undefined ? undefined : plainReason(reason);
  return { kind: 'read', asked: { action, by, reason: because, perMinute } };
};
