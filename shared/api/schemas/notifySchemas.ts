import { failureCatalogue } from '../../delivery/failureCatalogue.ts';
import { contracts, messageFormats } from '../../endpoint/serviceEndpoint.ts';
import { jobStatuses } from '../../job/jobStatus.ts';
import {
  count,
  flag,
  integer,
  list,
  object,
  oneOf,
  orNull,
  ref,
  text,
  time,
  type Properties,
  type Schema,
} from './schema.ts';

const job: Properties = {
  id: text('Id of the job.'),
  duplicate: flag('The bridge had this notification already.'),
  href: text('Path of the job.'),
};

const stood: Properties = {
  status: oneOf('Where the job stood at the end of the wait.', Object.keys(jobStatuses)),
  friendlyMessage: text('Why, for people.'),
};

const accepted: Schema = {
  description: 'What became of a notification.',
  anyOf: [
    object({ job: object(job, stood) }, { answer: orNull(text('What the listener returned.')) }),
    object({ job: { type: 'null' }, reason: text("Why the endpoint's filter does not want it.") }),
  ],
};

const routed = object({
  jobs: list(object({ endpoint: text('Name of the endpoint.'), ...job })),
  filteredOut: list(object({ endpoint: text('Name of the endpoint.'), reason: text('Why.') })),
});

const body = object({ encoding: oneOf('How it is shown.', ['utf-8', 'base64']), text: text('The body.') });

const message = object(
  {
    messageId: text('Id of the message.'),
    contentType: text('Its type.'),
    applicationProperties: { type: 'object', additionalProperties: true, description: 'Its properties.' },
    stripped: list({ type: 'string' }, 'Members of the context that are left out.'),
    bodyBytes: count('Size of the body.'),
    bodySha256: text('Digest of the body, in hex.'),
    body,
  },
  {
    correlationId: text('Of the execution context.'),
    sessionId: text('Session.'),
    partitionKey: text('Partition key.'),
    timeToLiveMs: count('How long the broker keeps it.'),
    delayMs: count('How long receivers do not see it.'),
  },
);

const request = object({
  method: text('HTTP method.'),
  path: text('Path at the relay.'),
  headers: { type: 'object', additionalProperties: { type: 'string' }, description: 'Without the token.' },
  bodyBytes: count('Size of the body in its envelope.'),
});

const failure = object({
  code: oneOf('docs/errors.md explains each.', Object.keys(failureCatalogue)),
  detail: text('What is particular.'),
  outcome: oneOf('What would follow.', ['retry', 'suspend', 'fail']),
  errorCode: integer("Dataverse's number for it."),
  cause: text('Plain cause.'),
  advice: text('What to do.'),
});

const explanation = object(
  {
    endpoint: text('Name of the endpoint.'),
    contract: oneOf('Its contract.', contracts),
    path: text('Queue, topic, event hub or relay.'),
    messageFormat: oneOf('Form of the body.', messageFormats),
    identity: text('How the app would sign in; no secret.'),
    filteredOut: orNull(text('Why the endpoint does not want it; then nothing else follows.')),
  },
  {
    jobId: text('Id of the job, and of the message.'),
    received: object({ bytes: count('Size.'), sha256: text('Digest, in hex.') }),
    maxContextBytes: count('The bound of the size rule.'),
    message: { anyOf: [message, { type: 'null' }] },
    request,
    failure: { anyOf: [failure, { type: 'null' }] },
    plannedAttempts: list(time('An attempt.'), 'If every one failed, the first one now.'),
  },
);

export const notifySchemas = {
  Accepted: accepted,
  Routed: routed,
  Explanation: explanation,
  Explanations: object({ endpoints: list(ref('Explanation')) }),
};
