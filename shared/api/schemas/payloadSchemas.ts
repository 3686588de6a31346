import { failureCatalogue } from '../../delivery/failureCatalogue.ts';
import { messageFormats } from '../../endpoint/serviceEndpoint.ts';
import { count, list, object, oneOf, text, type Properties, type Schema } from './schema.ts';

/** Application properties of a message: simple values by name. */
export const properties: Schema = {
  type: 'object',
  additionalProperties: { type: ['string', 'number', 'boolean', 'null'] },
  description: 'Application properties; what is masked shows as a mask.',
};

const fault = object({
  code: oneOf('docs/errors.md explains each.', Object.keys(failureCatalogue)),
  detail: text('What is particular.'),
  cause: text('Plain cause.'),
  advice: text('What to do.'),
});

const message: Properties = {
  messageId: text('Id of the message.'),
  contentType: text('Its type.'),
  format: oneOf('Form of the body.', messageFormats),
  bytes: count('Size of the body as it is sent.'),
  sha256: text('Digest of the body as it is sent, in hex.'),
  stripped: list({ type: 'string' }, 'Members of the context that are left out.'),
  encoding: oneOf('How the body is shown.', ['utf8', 'base64']),
  body: text('The body, with masked values.'),
  properties,
};

export const payloadSchemas = {
  Payload: object(
    {
      context: {
        type: ['object', 'null'],
        description: 'The execution context, with masked values; null when it cannot be shown.',
      },
      masked: list({ type: 'string' }, 'What is masked, like account.telephone1.'),
      message: {
        description: 'The message as it would be sent now, or why there is none.',
        anyOf: [object(message), object({ fault })],
      },
    },
    {
      contextText: text('The context as text, when it has numbers that JavaScript cannot hold.'),
    },
    'What a job carries.',
  ),
};
