import { app, type HttpRequest, type HttpResponseInit, type InvocationContext } from '@azure/functions';
import type { Answer } from '../shared/api/problem.ts';
import type { Bridge } from '../shared/platform/composeBridge.ts';
import { answered, authLevelFor, notFound } from './http/answer.ts';
import { endpointAnswer } from './http/endpointFacts.ts';

const get = async (name: string, bridge: Bridge): Promise<Answer> => {
  const endpoint = bridge.endpointNamed(name);
  if (endpoint === undefined) return notFound(`endpoint ${name}`);
  return endpointAnswer(bridge, endpoint, await bridge.endpointStore.readState(name));
};

/** `GET /api/endpoints/{name}`: how an endpoint stands. */
const handler = (request: HttpRequest, context: InvocationContext): Promise<HttpResponseInit> =>
  answered(request, context, 'read', (bridge) => get(request.params['name'] ?? '', bridge));

app.http('getEndpointHttp', {
  route: 'endpoints/{name}',
  methods: ['GET'],
  authLevel: authLevelFor('read'),
  handler,
});
