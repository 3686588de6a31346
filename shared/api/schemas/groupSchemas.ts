import { failureCatalogue } from '../../delivery/failureCatalogue.ts';
import { endpointStateKinds } from '../../gate/endpointState.ts';
import { countedStatuses } from '../../group/summary.ts';
import { count, flag, integer, list, object, oneOf, orNull, ref, text, time } from './schema.ts';

const note = object(
  { text: text('One line.'), by: text('Who wrote it.'), on: time('When.') },
  {},
  'What a person wrote about a failure group.',
);

const group = object(
  {
    endpoint: text('Name of the service endpoint.'),
    code: oneOf('Code of the last failure; docs/errors.md explains each.', Object.keys(failureCatalogue)),
    outcome: oneOf('What such a failure leads to.', ['retry', 'suspend', 'fail']),
    cause: text('What happened, in a sentence.'),
    advice: text('What to do, in a sentence.'),
    count: count('Jobs: the sum of the four that follow.'),
    retrying: count('Those that wait for their next attempt.'),
    held: count('Those that wait because the endpoint is paused or open.'),
    suspended: count('Those that wait for a person.'),
    failed: count('Those that were given up.'),
    first: time('The earliest first attempt.'),
    last: time('When one of them was written last.'),
    recent: list(
      integer('Jobs.', { minimum: 0 }),
      'Jobs written last in each of the last twelve spells of five minutes, oldest first.',
    ),
    note: orNull(ref('GroupNote')),
  },
  {},
  'The jobs of one endpoint that are not resolved and failed last for the same reason.',
);

const endpointNotRunning = object(
  {
    name: text('Name of the service endpoint.'),
    state: oneOf('How it stands.', endpointStateKinds),
    reason: orNull(text('Why.')),
    held: count('Jobs that wait because of that.'),
  },
  {},
  'An endpoint that is paused, left alone by its breaker or draining, or whose state cannot be read.',
);

const summary = object(
  {
    countedOn: time('When it was counted; up to three seconds ago.'),
    complete: flag('False when more jobs need attention than were counted: all counts are too low then.'),
    statuses: object(
      Object.fromEntries(countedStatuses.map((status) => [status, count(`Jobs that are ${status}.`)])),
      {},
      'Jobs that need attention, by status; WaitingForResources has those alone that do not get started.',
    ),
    held: count('Waiting jobs that are not attempted because their endpoint is paused or open.'),
    retrying: count('Waiting jobs, not held, that have made an attempt.'),
    delivered: object(
      { lastHour: count('In the last hour.'), lastDay: count('In the last 24 hours.') },
      {},
      'Messages delivered, exact to five minutes.',
    ),
    groups: list(ref('FailureGroup'), 'Largest first.'),
    endpoints: list(
      endpointNotRunning,
      'Endpoints that do not simply run, in the order of the endpoints file.',
    ),
  },
  {},
  'How things stand.',
);

export const groupSchemas = {
  Summary: summary,
  FailureGroup: group,
  GroupNote: note,
  WrittenNote: orNull(note),
};
