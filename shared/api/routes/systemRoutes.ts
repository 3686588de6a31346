import { ref, type Schema } from '../schemas/schema.ts';
import type { Route } from './route.ts';

const report = (description: string): { description: string; schema: Schema } => ({
  description,
  schema: ref('Health'),
});

export const systemRoutes: readonly Route[] = [
  {
    name: 'meHttp',
    method: 'get',
    path: '/me',
    needed: 'read',
    tag: 'App',
    summary: 'Who is calling, and what it may do',
    answers: {
      200: {
        description: 'The caller.',
        schema: ref('Me'),
        example: { name: 'ann@contoso.com', auth: 'entra', roles: ['read', 'act'] },
      },
    },
    problems: [],
  },
  {
    name: 'healthHttp',
    method: 'get',
    path: '/health',
    needed: 'read',
    tag: 'App',
    summary: 'Whether notifications can be accepted',
    answers: {
      200: report('They can; degraded when the sweeper stands still.'),
      503: report('They cannot, and why.'),
    },
    problems: [],
  },
  {
    name: 'openApiHttp',
    method: 'get',
    path: '/openapi.json',
    needed: 'read',
    tag: 'App',
    summary: 'This document',
    answers: { 200: { description: 'An OpenAPI 3.1 document.', schema: { type: 'object' } } },
    problems: [],
  },
];
