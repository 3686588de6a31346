import { app, type HttpRequest, type HttpResponseInit, type InvocationContext } from '@azure/functions';
import { acceptanceAnswer } from '../shared/api/acceptanceAnswer.ts';
import { refusalAnswer, type Answer } from '../shared/api/problem.ts';
import { isRefusal } from '../shared/notification/readNotification.ts';
import { refuse, type Refusal } from '../shared/notification/refusal.ts';
import type { Bridge } from '../shared/platform/composeBridge.ts';
import { notificationFailed, notificationRefused } from '../shared/platform/logEvents.ts';
import { clientInput } from './durable/client.ts';
import { answered, authLevelFor } from './http/answer.ts';
import { accepted, awaited, received } from './http/notify.ts';

const notify = async (
  request: HttpRequest,
  context: InvocationContext,
  bridge: Bridge,
): Promise<Answer | Refusal> => {
  const name = request.params['endpoint'] ?? '';
  const endpoint = bridge.endpointNamed(name);
  if (endpoint === undefined) return refuse('EndpointUnknown', `No endpoint is named "${name}".`);
  const notification = await received(request, name);
  if (isRefusal(notification)) return notification;
  const acceptance = await accepted(context, bridge, notification, endpoint);
  if (acceptance.kind === 'refused') return acceptance;
  return acceptanceAnswer(acceptance, await awaited(request, context, bridge, acceptance, endpoint));
};

/** `POST /api/notify/{endpoint}`: what Dataverse calls as a webhook. */
const handler = (request: HttpRequest, context: InvocationContext): Promise<HttpResponseInit> => {
  const name = request.params['endpoint'] ?? '';
  const work = async (bridge: Bridge): Promise<Answer> => {
    const answer = await notify(request, context, bridge);
    if (!('kind' in answer)) return answer;
    notificationRefused(context, name, answer);
    return refusalAnswer(answer);
  };
  return answered(request, context, 'notify', work, (error) => notificationFailed(context, name, error));
};

app.http('notifyHttp', {
  route: 'notify/{endpoint}',
  methods: ['POST'],
  authLevel: authLevelFor('notify'),
  extraInputs: [clientInput],
  handler,
});
