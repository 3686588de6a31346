import { failureCatalogue } from '../../delivery/failureCatalogue.ts';
import { jobActions } from '../../job/jobActions.ts';
import { jobStatuses } from '../../job/jobStatus.ts';
import { seePayload } from '../../job/systemJob.ts';
import { properties } from './payloadSchemas.ts';
import { count, flag, integer, list, object, oneOf, orNull, text, time, type Properties } from './schema.ts';

const failureCode = oneOf(
  'Code of the failure; docs/errors.md explains each.',
  Object.keys(failureCatalogue),
);

const action = oneOf('What was, or can be, asked of a job.', jobActions);

/** Members of a job in lists; times are null until they have come. */
const summary: Properties = {
  id: text('Id of the job; also of its message and of its instance.'),
  name: text('Name of the processing step, else "message of table".'),
  endpoint: text('Name of its service endpoint.'),
  status: oneOf('Where it stands.', Object.keys(jobStatuses)),
  stateCode: integer("State code of Dataverse's asyncoperation."),
  statusCode: integer("Status code of Dataverse's asyncoperation."),
  friendlyMessage: text('Why it is in this status, for people.'),
  code: orNull({ ...failureCode, description: 'Code of the last failure; docs/errors.md explains each.' }),
  errorCode: orNull(integer("Dataverse's number for the last failure.")),
  message: orNull(text('Technical text of the last failure.')),
  attemptCount: count('Attempts made.'),
  retryCount: count('Attempts beyond the first.'),
  postponeUntil: orNull(time('With Waiting: when it goes on.')),
  held: flag('Waits because its endpoint is paused, or left alone by its breaker.'),
  createdOn: time('When the bridge accepted it.'),
  startedOn: orNull(time('First attempt.')),
  completedOn: orNull(time('End.')),
  modifiedOn: time('Last written.'),
  operationId: orNull(text("Id of Dataverse's own system job, for asynchronous steps.")),
  operationCreatedOn: orNull(time('When the operation was made in Dataverse.')),
  correlationId: orNull(text('Of the execution context.')),
  requestId: orNull(text('Of the execution context.')),
  depth: count('Of the execution context.'),
  messageName: text('Name of the message, like Create.'),
  primaryEntityType: text('Logical name of the table.'),
  regardingObjectId: text('Id of the record.'),
  owningExtensionId: orNull(text('Processing step in Dataverse.')),
  organization: orNull(text('Environment of Dataverse.')),
  actions: list(action, 'What can be asked of it now.'),
};

const attempt = object(
  {
    attempt: integer('Number of the attempt, over all rounds.', { minimum: 1 }),
    startedOn: time('When it began.'),
    durationMs: count('How long it took, in milliseconds.'),
    outcome: oneOf('How it ended.', ['delivered', 'retry', 'suspend', 'fail']),
  },
  {
    code: failureCode,
    detail: text("The receiver's words."),
    nextOn: time('When the next attempt was planned.'),
    stripped: list(
      { type: 'string' },
      'Members of the context that were left out, because it was too large.',
    ),
    messageId: text('Id of the message that was sent.'),
    sha256: text('Digest of its body, in hex; of a SOAP envelope, of the context inside.'),
    bytes: count('Size of that body.'),
    contentType: text('Its type.'),
    identity: text('How the app signed in; no secret.'),
    brokerAnswer: text("The receiver's answer; absent when none came."),
    properties,
  },
);

const asked = object(
  {
    action: oneOf('What was asked; seePayload for a look.', [...jobActions, seePayload]),
    on: time('When.'),
    by: text('By whom.'),
  },
  {
    reason: text('Why.'),
    until: time('Of a postponement: until when.'),
    operation: text('Id of the bulk operation it was part of.'),
  },
);

const detail: Properties = {
  ...summary,
  sizeExceeded: flag('Dataverse had cut the context.'),
  idempotencyKey: orNull(text("The caller's.")),
  body: object({ bytes: count('Size of the body.'), sha256: text('Digest of the body, in hex.') }),
  answer: orNull(text('What the listener of contract twoWay or rest returned.')),
  attempts: list(attempt, 'The first and the latest 49 are kept.'),
  plannedAttempts: list(
    time('An attempt.'),
    'With Waiting, unless held: what follows if every attempt fails.',
  ),
  asked: list(asked, 'What people asked of it; the first and the latest 19 are kept.'),
};

export const jobSchemas = {
  JobSummary: object(summary, {}, 'A job in a list.'),
  JobDetail: object(detail, {}, 'A job with its attempts.'),
  JobPage: object(
    {
      jobs: list({ $ref: '#/components/schemas/JobSummary' }),
      unreadable: list({ type: 'string' }, 'Ids of jobs that belong here but whose rows cannot be read.'),
      next: orNull(text('Token of the next page; null on the last one.')),
    },
    {},
    'Jobs, newest first. A page of a filtered list may be short, even empty, and still have a next one.',
  ),
};
