import { app, type HttpRequest, type HttpResponseInit, type InvocationContext } from '@azure/functions';
import { endpointView } from '../shared/api/endpointJson.ts';
import { jsonAnswer, type Answer } from '../shared/api/problem.ts';
import { readNoParameters } from '../shared/api/readParameters.ts';
import { readFigures } from '../shared/gate/endpointFigures.ts';
import type { Bridge } from '../shared/platform/composeBridge.ts';
import { now } from '../shared/platform/clock.ts';
import { answered, authLevelFor, badRequest } from './http/answer.ts';
import { factsOf } from './http/endpointFacts.ts';

const list = async (request: HttpRequest, bridge: Bridge): Promise<Answer> => {
  const read = readNoParameters(request.query.entries());
  if (read.kind === 'faulty') return badRequest(read.faults);
  const [stored, figures] = await Promise.all([
    bridge.endpointStore.listStates(),
    readFigures({ ...bridge, now }),
  ]);
  const states = new Map(stored.map((each) => [each.state.endpoint, each]));
  const facts = bridge.endpoints.map((endpoint) =>
    factsOf(bridge, endpoint, states.get(endpoint.name), figures),
  );
  return jsonAnswer(200, { endpoints: facts.map((each) => endpointView(each, now())) });
};

/** `GET /api/endpoints`: how every endpoint stands, in the order of the endpoints file. */
const handler = (request: HttpRequest, context: InvocationContext): Promise<HttpResponseInit> =>
  answered(request, context, 'read', (bridge) => list(request, bridge));

app.http('listEndpointsHttp', {
  route: 'endpoints',
  methods: ['GET'],
  authLevel: authLevelFor('read'),
  handler,
});
