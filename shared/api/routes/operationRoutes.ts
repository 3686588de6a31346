import { operationBody } from '../readOperation.ts';
import { operationsQuery, resultsQuery } from '../readPageQuery.ts';
import { ref, text, type Properties } from '../schemas/schema.ts';
import { etag, ifMatch } from './headers.ts';
import type { Route } from './route.ts';

const id: Properties = { id: text('Id of the bulk operation.') };

export const operationRoutes: readonly Route[] = [
  {
    name: 'startOperationHttp',
    method: 'post',
    path: '/operations',
    needed: 'act',
    tag: 'Operations',
    summary: 'Act on all jobs of a filter, or count them',
    body: {
      description: 'What to do with which jobs, and why.',
      schema: operationBody,
      example: {
        action: 'retry',
        filter: { status: 'Failed', endpoint: 'queue-json' },
        reason: 'the queue is back',
        canary: { steps: [1, 10, 100], failureLimitPercent: 10 },
      },
    },
    answers: {
      200: { description: 'With dryRun: how many there are.', schema: ref('JobCount') },
      202: {
        description: 'Begun.',
        schema: ref('Operation'),
        headers: { ...etag, Location: 'Path of the operation.' },
      },
    },
    problems: ['RequestInvalid'],
  },
  {
    name: 'listOperationsHttp',
    method: 'get',
    path: '/operations',
    needed: 'read',
    tag: 'Operations',
    summary: 'The last bulk operations, newest first',
    query: operationsQuery,
    answers: { 200: { description: 'A page of them.', schema: ref('OperationPage'), headers: etag } },
    problems: ['RequestInvalid'],
  },
  {
    name: 'getOperationHttp',
    method: 'get',
    path: '/operations/{id}',
    needed: 'read',
    tag: 'Operations',
    summary: 'A bulk operation with its progress',
    pathParameters: id,
    answers: { 200: { description: 'The operation.', schema: ref('Operation'), headers: etag } },
    problems: ['NotFound', 'OperationUnreadable'],
  },
  {
    name: 'listOperationResultsHttp',
    method: 'get',
    path: '/operations/{id}/results',
    needed: 'read',
    tag: 'Operations',
    summary: 'What came of each job',
    pathParameters: id,
    query: resultsQuery,
    answers: { 200: { description: 'A page of results.', schema: ref('ResultPage'), headers: etag } },
    problems: ['RequestInvalid', 'NotFound', 'OperationUnreadable'],
  },
  {
    name: 'cancelOperationHttp',
    method: 'post',
    path: '/operations/{id}/cancel',
    needed: 'act',
    tag: 'Operations',
    summary: 'Act on no further job',
    pathParameters: id,
    headers: ifMatch,
    answers: {
      202: { description: 'Asked for; the operation as it is now.', schema: ref('Operation'), headers: etag },
    },
    problems: ['RequestInvalid', 'NotFound', 'OperationForbidden', 'OperationChanged', 'OperationUnreadable'],
  },
];
