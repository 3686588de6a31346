import { jobActions } from '../../job/jobActions.ts';
import { actionBody } from '../readAction.ts';
import { listQuery } from '../readListQuery.ts';
import { oneOf, ref, text, type Properties } from '../schemas/schema.ts';
import { etag, ifMatch } from './headers.ts';
import type { Route } from './route.ts';

const id: Properties = { id: text('Id of the job.') };

const changed = {
  description: 'Done, or on its way; the job as it is now.',
  schema: ref('JobSummary'),
  headers: etag,
};

export const jobRoutes: readonly Route[] = [
  {
    name: 'listJobsHttp',
    method: 'get',
    path: '/jobs',
    needed: 'read',
    tag: 'Jobs',
    summary: 'Jobs, newest first',
    query: listQuery,
    answers: { 200: { description: 'A page of jobs.', schema: ref('JobPage'), headers: etag } },
    problems: ['RequestInvalid'],
  },
  {
    name: 'getJobHttp',
    method: 'get',
    path: '/jobs/{id}',
    needed: 'read',
    tag: 'Jobs',
    summary: 'A job with its attempts',
    pathParameters: id,
    answers: { 200: { description: 'The job.', schema: ref('JobDetail'), headers: etag } },
    problems: ['NotFound', 'JobUnreadable'],
  },
  {
    name: 'getBundleHttp',
    method: 'get',
    path: '/jobs/{id}/bundle',
    needed: 'read',
    tag: 'Jobs',
    summary: 'The support bundle of a job',
    pathParameters: id,
    answers: {
      200: {
        description: 'A file to send on, without secrets or payload.',
        schema: ref('SupportBundle'),
        headers: { 'Content-Disposition': 'Name of the file.' },
      },
    },
    problems: ['NotFound', 'JobUnreadable'],
  },
  {
    name: 'actOnJobHttp',
    method: 'post',
    path: '/jobs/{id}/{action}',
    needed: 'act',
    tag: 'Jobs',
    summary: 'Cancel, pause, resume, postpone or retry a job',
    pathParameters: { ...id, action: oneOf('What to do.', jobActions) },
    headers: ifMatch,
    body: {
      description: 'Why, and with postpone until when; may be empty otherwise.',
      required: false,
      schema: actionBody,
      example: { reason: 'the queue was full' },
    },
    answers: { 202: changed },
    problems: ['RequestInvalid', 'NotFound', 'ActionForbidden', 'JobChanged', 'JobUnreadable'],
  },
  {
    name: 'getPayloadHttp',
    method: 'get',
    path: '/jobs/{id}/payload',
    needed: 'payload',
    tag: 'Jobs',
    summary: 'The context and the message of a job',
    description:
      'The look is written down with the job first. Values that the endpoints file names are masked.',
    pathParameters: id,
    answers: { 200: { description: 'The payload.', schema: ref('Payload'), headers: etag } },
    problems: ['NotFound', 'JobUnreadable'],
  },
  {
    name: 'deleteJobHttp',
    method: 'delete',
    path: '/jobs/{id}',
    needed: 'act',
    tag: 'Jobs',
    summary: 'Delete a job, whatever its status',
    pathParameters: id,
    headers: ifMatch,
    answers: { 204: { description: 'It is gone.' } },
    problems: ['RequestInvalid', 'NotFound', 'JobChanged', 'JobUnreadable'],
  },
];
