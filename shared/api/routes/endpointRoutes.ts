import { endpointActions } from '../../gate/actOnEndpoint.ts';
import { endpointActionBody } from '../readEndpointAction.ts';
import { oneOf, ref, text, type Properties } from '../schemas/schema.ts';
import { etag, ifMatch } from './headers.ts';
import type { Route } from './route.ts';

const name: Properties = { name: text('Name of a service endpoint.') };

export const endpointRoutes: readonly Route[] = [
  {
    name: 'listEndpointsHttp',
    method: 'get',
    path: '/endpoints',
    needed: 'read',
    tag: 'Endpoints',
    summary: 'How every service endpoint stands',
    answers: { 200: { description: 'All of them.', schema: ref('Endpoints'), headers: etag } },
    problems: ['RequestInvalid'],
  },
  {
    name: 'getEndpointHttp',
    method: 'get',
    path: '/endpoints/{name}',
    needed: 'read',
    tag: 'Endpoints',
    summary: 'How a service endpoint stands',
    pathParameters: name,
    answers: { 200: { description: 'The endpoint.', schema: ref('Endpoint'), headers: etag } },
    problems: ['NotFound'],
  },
  {
    name: 'actOnEndpointHttp',
    method: 'post',
    path: '/endpoints/{name}/{action}',
    needed: 'act',
    tag: 'Endpoints',
    summary: 'Pause, resume or drain a service endpoint',
    pathParameters: { ...name, action: oneOf('What to do.', endpointActions) },
    headers: ifMatch,
    body: {
      description: 'Why, and with drain how fast; may be empty.',
      required: false,
      schema: endpointActionBody,
      example: { reason: 'maintenance until six' },
    },
    answers: {
      202: { description: 'Done; the endpoint as it is now.', schema: ref('Endpoint'), headers: etag },
    },
    problems: ['RequestInvalid', 'NotFound', 'ActionForbidden', 'EndpointChanged'],
  },
];
