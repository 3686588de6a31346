import { app, type HttpRequest, type HttpResponseInit, type InvocationContext } from '@azure/functions';
import { explanation } from '../shared/api/explanation.ts';
import { jsonAnswer, refusalAnswer, type Answer } from '../shared/api/problem.ts';
import { depthRefusal } from '../shared/job/acceptNotification.ts';
import { endpointsFor } from '../shared/endpoint/routes.ts';
import { isRefusal } from '../shared/notification/readNotification.ts';
import { refuse } from '../shared/notification/refusal.ts';
import type { Bridge } from '../shared/platform/composeBridge.ts';
import { now } from '../shared/platform/clock.ts';
import { answered, authLevelFor } from './http/answer.ts';
import { received } from './http/notify.ts';

/** Without a name: what the routes would do. */
const explain = async (request: HttpRequest, bridge: Bridge): Promise<Answer> => {
  const name = request.params['endpoint'];
  const named = name === undefined ? undefined : bridge.endpointNamed(name);
  if (name !== undefined && named === undefined) {
    return refusalAnswer(refuse('EndpointUnknown', `No endpoint is named "${name}".`));
  }
  if (name === undefined && bridge.routes.length === 0) {
    return refusalAnswer(refuse('EndpointUnknown', 'The endpoints file has no routes.'));
  }
  const notification = await received(request, name ?? '');
  if (isRefusal(notification)) return refusalAnswer(notification);
  const tooDeep = depthRefusal(notification, bridge.settings.maxDepth);
  if (tooDeep !== undefined) return refusalAnswer(tooDeep);
  const explained = (endpoint: string) => {
    const found = bridge.endpointNamed(endpoint);
    return found === undefined
      ? []
      : [
          explanation(notification, found, {
            tools: { encode: bridge.encode, referenceOf: bridge.claims.referenceOf },
            identity: bridge.identityOf(found),
            now: now(),
          }),
        ];
  };
  return name === undefined
    ? jsonAnswer(200, { endpoints: endpointsFor(bridge.routes, notification).flatMap(explained) })
    : jsonAnswer(200, explained(name)[0]);
};

/** `POST /api/explain/{endpoint?}`: what would be sent where; stores and sends nothing. */
const handler = (request: HttpRequest, context: InvocationContext): Promise<HttpResponseInit> =>
  answered(request, context, 'notify', (bridge) => explain(request, bridge));

app.http('explainHttp', {
  route: 'explain/{endpoint?}',
  methods: ['POST'],
  authLevel: authLevelFor('notify'),
  handler,
});
