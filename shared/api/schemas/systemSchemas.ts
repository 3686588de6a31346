import { contracts, messageFormats } from '../../endpoint/serviceEndpoint.ts';
import { authModes, roles } from '../access/caller.ts';
import { problems } from '../problemCatalogue.ts';
import { flag, integer, list, object, oneOf, orNull, text, time } from './schema.ts';

const faults = list({ type: 'string' }, 'Every fault of settings and endpoints file.');

const health = object({
  status: oneOf('Whether notifications can be accepted.', ['healthy', 'degraded', 'unhealthy']),
  reasons: list(
    { type: 'string' },
    'Why it is degraded: the sweeper stands still, or endpoints are paused or left alone.',
  ),
  configuration: object({ faults }),
  storage: object({
    status: oneOf('Whether it was reached.', ['reachable', 'unreachable', 'unchecked']),
    detail: orNull(text('Why it is unreachable.')),
    sweptUntil: orNull(time('How far the sweeper came.')),
  }),
  jobs: object({
    suspended: orNull(flag('Whether jobs stand Suspended; null when it could not be told in time.')),
    failed: orNull(flag('Whether jobs stand Failed.')),
  }),
  endpoints: list(
    object({
      name: text('Name of the service endpoint.'),
      contract: oneOf('Its contract.', contracts),
      path: text('Queue, topic, event hub or relay.'),
      messageFormat: oneOf('Form of the body.', messageFormats),
      notifyPath: text('Where notifications for it are posted.'),
    }),
  ),
});

const problem = object(
  {
    type: text('urn:dataverse-azure-bridge:problem: and the code.', { format: 'uri' }),
    title: text('What it is; the same for every occurrence.'),
    status: integer('The status of the answer.', { minimum: 400, maximum: 599 }),
    code: oneOf('docs/problems.md explains each.', Object.keys(problems)),
  },
  {
    detail: text('What is particular.'),
    errors: list(
      object({ pointer: text('Place in the body (RFC 6901).'), detail: text('What is wrong there.') }),
      'Faults of the body.',
    ),
  },
  'A refusal or a fault (RFC 9457).',
);

const me = object({
  name: text('As it is written down with what the caller does.'),
  auth: oneOf('How people come in.', authModes),
  roles: list(
    oneOf('A role.', roles),
    'What the caller may do. With keys all of them: which functions a key opens the host alone can tell.',
  ),
});

export const systemSchemas = { Health: health, Problem: problem, Me: me };
