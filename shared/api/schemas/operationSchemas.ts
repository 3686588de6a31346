import { bulkActions } from '../../operation/bulkAction.ts';
import { operationStatuses } from '../../operation/operationStatus.ts';
import { shownFilter } from '../readOperationFilter.ts';
import { count, flag, integer, list, object, oneOf, orNull, ref, text, time, type Schema } from './schema.ts';

const step = object({
  size: orNull(count('Jobs of the step; null for all that are left.')),
  done: count('Jobs acted on.'),
  failedAgain: count('Those of them that failed again.'),
  status: oneOf('Where it stands.', ['pending', 'acting', 'watching', 'passed', 'stopped']),
});

const outcomes = object({
  succeeded: count('Jobs that were delivered.'),
  failedAgain: count('Jobs whose first new attempt failed.'),
  pending: count('Jobs of which nothing is known yet.'),
});

const canary: Schema = {
  type: ['object', 'null'],
  description: 'Its small steps; null without.',
  required: ['steps', 'failureLimitPercent'],
  properties: {
    steps: list({ type: 'integer' }, 'Jobs of each step.'),
    failureLimitPercent: integer('Share of the jobs of a step that may fail again.'),
  },
};

const operation = object(
  {
    id: text('Id of the operation.'),
    action: oneOf('What is done with each job.', bulkActions),
    filter: shownFilter,
    idCount: orNull(
      count('How many ids the filter has; null without. In a list the ids themselves are left out.'),
    ),
    until: orNull(time('Of a postponement.')),
    reason: text('Why.'),
    by: text('Who asked.'),
    createdOn: time('When it was asked for.'),
    cutOff: time('Jobs that came, or came to rest, after this are left alone.'),
    status: oneOf('Where it stands.', operationStatuses),
    message: text('Why it is in this status, for people.'),
    counted: count('Jobs that matched when it was asked for.'),
    countedAll: flag('False when counting was cut short: there were more.'),
    done: count('Jobs acted on.'),
    refused: count('Jobs left alone: their status forbids it, or they changed since.'),
    missing: count('Named jobs that there are not.'),
    failed: count('Jobs that could not be acted on by a fault of the app.'),
    outcomes,
    ratePerMinute: integer('Jobs acted on in a minute, at most.'),
    canary,
    steps: list(step, 'Its steps; one alone without a canary.'),
    estimatedEndOn: orNull(time('By its rate; what canary steps wait for is not in it.')),
    startedOn: orNull(time('First jobs taken.')),
    completedOn: orNull(time('Acting ended.')),
    modifiedOn: time('Last written.'),
    actions: list(oneOf('What can be asked.', ['cancel']), 'What can be asked of it now.'),
  },
  {},
  'A bulk operation.',
);

const result = object({
  jobId: text('Id of the job.'),
  result: oneOf('What came of it.', ['done', 'refused', 'missing', 'failed']),
  detail: text('Why, for people.'),
  outcome: orNull(
    oneOf('Of a retry or a resume: what became of the job; gone when a person took it away since.', [
      'pending',
      'succeeded',
      'failedAgain',
      'gone',
    ]),
  ),
});

const next = orNull(text('Token of the next page; null on the last one.'));

export const operationSchemas = {
  Operation: operation,
  OperationPage: object(
    {
      operations: list(ref('Operation')),
      unreadable: list({ type: 'string' }, 'Ids of operations whose rows cannot be read.'),
      next,
    },
    {},
    'Bulk operations, newest first.',
  ),
  JobCount: object(
    {
      count: count('Jobs that match now.'),
      complete: flag('False when counting was cut short: there are more.'),
      cutOff: time('Give it back with the real request, so that it acts on what was counted.'),
    },
    {},
    'How many jobs an operation would act on.',
  ),
  ResultPage: object({ results: list(result), next }, {}, 'What came of each job, by the order of ids.'),
};
