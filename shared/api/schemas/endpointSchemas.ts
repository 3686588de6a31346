import { failureCatalogue } from '../../delivery/failureCatalogue.ts';
import { contracts, messageFormats } from '../../endpoint/serviceEndpoint.ts';
import { endpointActions } from '../../gate/actOnEndpoint.ts';
import { endpointStateKinds } from '../../gate/endpointState.ts';
import { count, flag, integer, list, object, oneOf, orNull, ref, text, time, type Schema } from './schema.ts';

const number = (description: string): Schema => ({ type: 'number', description });

const retry = object({
  firstDelaySeconds: number('Delay before the second attempt.'),
  factor: number('What each delay is multiplied with to give the next.'),
  longestDelaySeconds: number('Longest delay.'),
  totalHours: number('The job is Failed after this time.'),
  maxAttempts: integer('The job is Failed after this many attempts.'),
});

const pause = object({
  by: text('Who paused it.'),
  on: time('When.'),
  reason: orNull(text('Why.')),
});

const breaker = object({
  state: oneOf('Whether it lets attempts through.', ['closed', 'open', 'halfOpen']),
  openedOn: orNull(time('When it opened.')),
  code: orNull(oneOf('Failure that opened it.', Object.keys(failureCatalogue))),
  nextProbeOn: orNull(time('From when the next job may try the endpoint.')),
  openings: count('How often it opened without closing between.'),
});

const hour = object({
  hour: time('Start of the hour.'),
  attempts: count('Attempts that ended in it.'),
  failures: count('Those that failed.'),
  p95Ms: orNull(count('Within this many milliseconds 95 of 100 attempts ended.')),
});

const view = object(
  {
    name: text('Name of the endpoint.'),
    contract: oneOf('Its contract.', contracts),
    path: text('Queue, topic, event hub or relay.'),
    connection: text('Name of the setting with the connection.'),
    messageFormat: oneOf('Form of the body.', messageFormats),
    retry,
    identity: text('How the app signs in; no secret.'),
    notifyPath: text('Where notifications for it are posted.'),
    state: oneOf('How it stands.', endpointStateKinds),
    since: orNull(time('Since when.')),
    reason: orNull(text('Why; null while it is running.')),
    pause: { anyOf: [pause, { type: 'null' }] },
    breaker,
    drainPerMinute: integer('Held jobs that are let go in a minute.', { minimum: 1 }),
    held: count('Jobs that wait because it is paused or open.'),
    backlog: count('Jobs on their way that waited at least once, the held ones included.'),
    complete: flag('False when there are more jobs than were counted.'),
    estimatedDrainOn: orNull(time('When the last held job is let go at this rate.')),
    hours: list(hour, 'The last 24 hours of the clock, oldest first.'),
    lastDeliveredOn: orNull(time('Last delivery.')),
    lastFailedOn: orNull(time('Last failure.')),
    actions: list(oneOf('An action.', endpointActions), 'What can be asked of it now.'),
  },
  {},
  'How a service endpoint is set up and how it stands.',
);

export const endpointSchemas = {
  Endpoint: view,
  Endpoints: object({ endpoints: list(ref('Endpoint'), 'In the order of the endpoints file.') }),
};
