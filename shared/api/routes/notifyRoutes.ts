import { ref, text, type Properties } from '../schemas/schema.ts';
import type { ProblemCode } from '../problemCatalogue.ts';
import type { Route } from './route.ts';

const endpoint: Properties = { endpoint: text('Name of a service endpoint.') };

const headers: Properties = {
  'Idempotency-Key': text("The caller's own key of the notification: 1 to 255 printable ASCII characters."),
  Prefer: text('wait=<seconds>: wait for the end of the job, 25 s at most.'),
  traceparent: text('W3C trace context.'),
  'x-ms-dynamics-organization': text('Environment of Dataverse.'),
  'x-ms-dynamics-msg-size-exceeded': text('Dataverse has cut the context.'),
};

/** Any object is let through here: what an execution context must have is told by the answer, with pointers. */
const context = {
  description: 'An execution context, as Dataverse posts it.',
  required: true,
  schema: { type: 'object' },
} as const;

const refused: readonly ProblemCode[] = [
  'EndpointUnknown',
  'ContentTypeUnsupported',
  'ContentEncodingUnsupported',
  'BodyTooLarge',
  'BodyNotJson',
  'ContextInvalid',
  'IdempotencyKeyInvalid',
  'DepthExceeded',
];

const location = { Location: 'Path of the job.' };

export const notifyRoutes: readonly Route[] = [
  {
    name: 'notifyHttp',
    method: 'post',
    path: '/notify/{endpoint}',
    needed: 'notify',
    tag: 'Notifications',
    summary: 'Take over a notification for one endpoint',
    description: 'What Dataverse calls as a webhook.',
    pathParameters: endpoint,
    headers,
    body: context,
    answers: {
      200: { description: 'Delivered within the wait.', schema: ref('Accepted'), headers: location },
      202: { description: 'Stored, or not wanted.', schema: ref('Accepted'), headers: location },
    },
    problems: [...refused, 'IdempotencyKeyReused'],
  },
  {
    name: 'notifyRoutesHttp',
    method: 'post',
    path: '/notify',
    needed: 'notify',
    tag: 'Notifications',
    summary: 'Take over a notification for every endpoint that the routes lead to',
    headers,
    body: context,
    answers: { 202: { description: 'Stored for each, or not wanted.', schema: ref('Routed') } },
    problems: [...refused, 'IdempotencyKeyReused'],
  },
  {
    name: 'explainHttp',
    method: 'post',
    path: '/explain/{endpoint}',
    needed: 'notify',
    tag: 'Notifications',
    summary: 'What would be sent to one endpoint; stores and sends nothing',
    pathParameters: endpoint,
    headers,
    body: context,
    answers: { 200: { description: 'What would become of it.', schema: ref('Explanation') } },
    problems: refused,
  },
  {
    name: 'explainHttp',
    operation: 'explainRoutes',
    method: 'post',
    path: '/explain',
    needed: 'notify',
    tag: 'Notifications',
    summary: 'What would be sent where the routes lead to; stores and sends nothing',
    headers,
    body: context,
    answers: { 200: { description: 'What would become of it.', schema: ref('Explanations') } },
    problems: refused,
  },
];
