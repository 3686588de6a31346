import { failureCatalogue } from '../../delivery/failureCatalogue.ts';
import { noteBody } from '../readNote.ts';
import { oneOf, ref, text } from '../schemas/schema.ts';
import type { Route } from './route.ts';

export const groupRoutes: readonly Route[] = [
  {
    name: 'summaryHttp',
    method: 'get',
    path: '/summary',
    needed: 'read',
    tag: 'Jobs',
    summary: 'Counts of the jobs that need attention, and the failure groups',
    answers: { 200: { description: 'How things stand.', schema: ref('Summary') } },
    problems: ['RequestInvalid'],
  },
  {
    name: 'groupNoteHttp',
    method: 'put',
    path: '/groups/{endpoint}/{code}/note',
    needed: 'act',
    tag: 'Jobs',
    summary: 'Write or remove the note of a failure group',
    pathParameters: {
      endpoint: text('Name of the service endpoint.'),
      code: oneOf('Code of the failure.', Object.keys(failureCatalogue)),
    },
    body: {
      description: 'The note.',
      required: true,
      schema: noteBody,
      example: { text: 'The network team knows.' },
    },
    answers: { 200: { description: 'The note, or null.', schema: ref('WrittenNote') } },
    problems: ['RequestInvalid', 'NotFound'],
  },
];
