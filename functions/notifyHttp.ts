import { app, type HttpRequest, type HttpResponseInit, type InvocationContext } from '@azure/functions';
import * as df from 'durable-functions';
import { acceptanceAnswer } from '../shared/api/acceptanceAnswer.ts';
import type { Answer } from '../shared/api/problem.ts';
import { acceptNotification, type Acceptance } from '../shared/job/acceptNotification.ts';
import { maxBodyBytes } from '../shared/notification/limits.ts';
import { bodyTooLarge, isRefusal, readNotification } from '../shared/notification/readNotification.ts';
import { refuse } from '../shared/notification/refusal.ts';
import type { Bridge } from '../shared/platform/composeBridge.ts';
import { now } from '../shared/platform/clock.ts';
import { notificationFailed, notificationRefused, startFailed } from '../shared/platform/logEvents.ts';
import { jobStarter } from './durable/jobStarter.ts';
import { answered } from './http/answer.ts';

const accept = async (
  request: HttpRequest,
  context: InvocationContext,
  bridge: Bridge,
): Promise<Acceptance> => {
  const name = request.params['endpoint'] ?? '';
  const endpoint = bridge.endpointNamed(name);
  if (endpoint === undefined) return refuse('EndpointUnknown', `No endpoint is named "${name}".`);
  const declaredBytes = Number(request.headers.get('content-length') ?? 0);
  if (declaredBytes > maxBodyBytes) return bodyTooLarge(declaredBytes);
  const body = new Uint8Array(await request.arrayBuffer());
  const header = (wanted: string): string | null => request.headers.get(wanted);
  const notification = readNotification({ endpoint: name, header, body });
  if (isRefusal(notification)) return notification;
  return acceptNotification({
    store: bridge.store,
    starter: jobStarter(context),
    startFailed: (jobId, error) => startFailed(context, jobId, error),
    now,
    maxDepth: bridge.settings.maxDepth,
  })(notification, endpoint);
};

/** `POST /api/notify/{endpoint}`: what Dataverse calls as a webhook. */
const handler = (request: HttpRequest, context: InvocationContext): Promise<HttpResponseInit> => {
  const name = request.params['endpoint'] ?? '';
  const work = async (bridge: Bridge): Promise<Answer> => {
    const acceptance = await accept(request, context, bridge);
    if (acceptance.kind === 'refused') notificationRefused(context, name, acceptance);
    return acceptanceAnswer(acceptance);
  };
  return answered(context, work, (error) => notificationFailed(context, name, error));
};

app.http('notifyHttp', {
  route: 'notify/{endpoint}',
  methods: ['POST'],
  authLevel: 'function',
  extraInputs: [df.input.durableClient()],
  handler,
});
