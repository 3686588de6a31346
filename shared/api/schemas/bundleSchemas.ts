import { failureCatalogue } from '../../delivery/failureCatalogue.ts';
import { integer, object, oneOf, orNull, ref, text, time } from './schema.ts';

const failure = object({
  code: oneOf('Code of the last failure.', Object.keys(failureCatalogue)),
  outcome: oneOf('What follows.', ['retry', 'suspend', 'fail']),
  errorCode: integer("Dataverse's number."),
  cause: text('What it means.'),
  advice: text('What to do.'),
});

const app = object({
  version: text('Of the bridge.'),
  nodeVersion: text('Of Node.'),
  settings: {
    type: 'object',
    description: 'Which settings are set; their values are not told.',
    additionalProperties: { enum: ['set', 'not set'] },
  },
});

export const bundleSchemas = {
  SupportBundle: object(
    {
      producedOn: time('When.'),
      app,
      job: ref('JobDetail'),
      failure: orNull(failure),
      endpoint: {
        type: ['object', 'null'],
        description: 'Its entry in the endpoints file, defaults filled in.',
      },
      endpointState: { type: ['object', 'null'], description: 'As GET /api/endpoints/{name} shows it.' },
      health: { type: 'object', description: 'As GET /api/health shows it.' },
    },
    {},
    'All that support needs to know of a job, without secrets or payload.',
  ),
};
