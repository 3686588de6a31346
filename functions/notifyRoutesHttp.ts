import { app, type HttpRequest, type HttpResponseInit, type InvocationContext } from '@azure/functions';
import { routedAnswer, type RoutedAcceptance } from '../shared/api/acceptanceAnswer.ts';
import { refusalAnswer, type Answer } from '../shared/api/problem.ts';
import { endpointsFor } from '../shared/endpoint/routes.ts';
import type { Acceptance } from '../shared/job/acceptNotification.ts';
import type { Notification } from '../shared/notification/notification.ts';
import { isRefusal } from '../shared/notification/readNotification.ts';
import { refuse, type Refusal } from '../shared/notification/refusal.ts';
import type { Bridge } from '../shared/platform/composeBridge.ts';
import { notificationFailed, notificationRefused } from '../shared/platform/logEvents.ts';
import { clientInput } from './durable/client.ts';
import { answered, authLevelFor } from './http/answer.ts';
import { accepted, received } from './http/notify.ts';

const isAccepted = (part: {
  readonly endpoint: string;
  readonly acceptance: Acceptance;
}): part is RoutedAcceptance => part.acceptance.kind !== 'refused';

const toEach = (context: InvocationContext, bridge: Bridge, notification: Notification) =>
  endpointsFor(bridge.routes, notification)
    .flatMap((name) => bridge.endpointNamed(name) ?? [])
    .map(async (endpoint) => ({
      endpoint: endpoint.name,
      acceptance: await accepted(context, bridge, notification, endpoint),
    }));

/** All or none: when one endpoint cannot take it the caller repeats, and those that could know their job again. */
const notify = async (
  request: HttpRequest,
  context: InvocationContext,
  bridge: Bridge,
): Promise<Answer | Refusal> => {
  if (bridge.routes.length === 0) return refuse('EndpointUnknown', 'The endpoints file has no routes.');
  const notification = await received(request, '');
  if (isRefusal(notification)) return notification;
  const parts = await Promise.all(toEach(context, bridge, notification));
  const refused = parts.map(({ acceptance }) => acceptance).find(({ kind }) => kind === 'refused');
  return refused?.kind === 'refused' ? refused : routedAnswer(parts.filter(isAccepted));
};

/** `POST /api/notify`: one notification to every endpoint that the routes of the endpoints file lead to. */
const handler = (request: HttpRequest, context: InvocationContext): Promise<HttpResponseInit> => {
  const work = async (bridge: Bridge): Promise<Answer> => {
    const answer = await notify(request, context, bridge);
    if (!('kind' in answer)) return answer;
    notificationRefused(context, '(routes)', answer);
    return refusalAnswer(answer);
  };
  return answered(request, context, 'notify', work, (error) =>
    notificationFailed(context, '(routes)', error),
  );
};

app.http('notifyRoutesHttp', {
  route: 'notify',
  methods: ['POST'],
  authLevel: authLevelFor('notify'),
  extraInputs: [clientInput],
  handler,
});
