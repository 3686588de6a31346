import type { Grants } from '../auth/grants.ts';
import { pathOf } from '../broker/address.ts';
import { decodeValue } from '../wire/decode.ts';
import { valueIn } from '../wire/request.ts';
import { cbsNames, type AmqpResponse } from '../wire/response.ts';
import type { BusServices } from './busServices.ts';
import { entityNameOf } from './entityName.ts';
import type { RequestNode } from './requestLinks.ts';

const badRequest = (description: string): AmqpResponse => ({ status: 400, description });

/** `$cbs`: takes the tokens that open entities to a connection (AMQP claims-based security, draft). */
export const createCbsNode = ({ authorizer, broker }: BusServices, grants: Grants): RequestNode => ({
  place: 'cbs',
  entityOf: ({ properties }) => {
    const audience = valueIn(properties, 'name');
    return typeof audience === 'string' ? entityNameOf(broker, pathOf(audience)) : undefined;
  },
  names: cbsNames,
  answer: async ({ properties, body }) => {
    const [operation, audience, type] = ['operation', 'name', 'type'].map((name) =>
      valueIn(properties, name),
    );
    const token = body === undefined ? null : decodeValue(body, 0);
    if (operation !== 'put-token') return badRequest('Only put-token is supported.');
    if (typeof audience !== 'string' || typeof type !== 'string' || typeof token !== 'string') {
      return badRequest('put-token needs a name, a type and a token.');
    }
    const grant = authorizer.authorize(audience, token, type);
    if ('status' in grant) return grant;
    grants.add(grant);
    return { status: 202, description: 'Accepted' };
  },
});
