import { app, type HttpRequest, type HttpResponseInit, type InvocationContext } from '@azure/functions';
import type { Caller } from '../shared/api/access/caller.ts';
import { readEntityTags } from '../shared/api/entityTags.ts';
import { problem, type Answer } from '../shared/api/problem.ts';
import { readEndpointAction } from '../shared/api/readEndpointAction.ts';
import type { ServiceEndpoint } from '../shared/endpoint/serviceEndpoint.ts';
import {
  actOnEndpoint,
  endpointActions,
  isEndpointAction,
  type EndpointAnswer,
} from '../shared/gate/actOnEndpoint.ts';
import { kindOf } from '../shared/gate/endpointState.ts';
import { rememberState } from '../shared/gate/gatekeeper.ts';
import type { Bridge } from '../shared/platform/composeBridge.ts';
import { elapsedMs, now } from '../shared/platform/clock.ts';
import { endpointActionAnswered } from '../shared/platform/gateLogEvents.ts';
import { requestFailed } from '../shared/platform/logEvents.ts';
import { clientInput } from './durable/client.ts';
import { recoveryStarter } from './durable/recoveryStarter.ts';
import { answered, authLevelFor, badRequest, notFound } from './http/answer.ts';
import { boundedText } from './http/boundedText.ts';
import { acceptedAnswer } from './http/endpointFacts.ts';

const toAnswer = (
  bridge: Bridge,
  endpoint: ServiceEndpoint,
  answer: EndpointAnswer,
  failed: (error: unknown) => void,
): Answer | Promise<Answer> => {
  switch (answer.kind) {
    case 'forbidden':
      return problem('ActionForbidden', answer.reason);
    case 'stale':
      return problem('EndpointChanged', `It is ${kindOf(answer.stored.state)} now.`);
    case 'done':
      return acceptedAnswer(bridge, endpoint, answer.stored, failed);
  }
};

const maxBytes = 4096;

const act = async (
  request: HttpRequest,
  context: InvocationContext,
  bridge: Bridge,
  caller: Caller,
): Promise<Answer> => {
  const { name = '', action = '' } = request.params;
  const endpoint = bridge.endpointNamed(name);
  if (endpoint === undefined) return notFound(`endpoint ${name}`);
  if (!isEndpointAction(action))
    return notFound(`action "${action}"; there are ${endpointActions.join(', ')}`);
  const text = await boundedText(request, maxBytes);
  if (text === undefined) return badRequest([`the body has more than ${maxBytes} bytes.`]);
  const read = readEndpointAction(action, text, caller.name);
  if (read.kind === 'faulty') return badRequest(read.faults);
  const tags = readEntityTags('If-Match', request.headers.get('if-match'));
  if (tags.kind === 'faulty') return badRequest([tags.fault]);
  const doing = actOnEndpoint({
    store: bridge.endpointStore,
    recover: recoveryStarter(context).recover,
    written: (stored) => rememberState(bridge.gateMemory, stored, elapsedMs()),
    now,
  });
  const answer = await doing(name, read.asked, endpoint.drainPerMinute, tags.isWanted);
  endpointActionAnswered(context, name, read.asked, answer);
  return toAnswer(bridge, endpoint, answer, (error) => requestFailed(context, context.functionName, error));
};

/** `POST /api/endpoints/{name}/{action}`: pause, resume or drain. */
const handler = (request: HttpRequest, context: InvocationContext): Promise<HttpResponseInit> =>
  answered(request, context, 'act', (bridge, caller) => act(request, context, bridge, caller));

app.http('actOnEndpointHttp', {
  route: 'endpoints/{name}/{action}',
  methods: ['POST'],
  authLevel: authLevelFor('act'),
  extraInputs: [clientInput],
  handler,
});
