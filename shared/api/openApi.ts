import { problemMediaType } from './problem.ts';
import { problems, type ProblemCode } from './problemCatalogue.ts';
import type { Content, Route } from './routes/route.ts';
import { problemsOf, routes } from './routes/routes.ts';
import { components } from './schemas/components.ts';
import { ref, type Properties, type Schema } from './schemas/schema.ts';

const parametersIn = (place: 'path' | 'query' | 'header', schemas: Properties = {}) =>
  Object.entries(schemas).map(([name, { description, ...schema }]) => ({
    name,
    in: place,
    required: place === 'path',
    // A list is one parameter with commas.
    ...(schema['type'] === 'array' ? { style: 'form', explode: false } : {}),
    description,
    schema,
  }));

const headersOf = (headers: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    Object.entries(headers).map(([name, description]) => [name, { description, schema: { type: 'string' } }]),
  );

const contentOf = ({ mediaType = 'application/json', schema, example }: Content) =>
  schema === undefined
    ? {}
    : { content: { [mediaType]: { schema, ...(example === undefined ? {} : { example }) } } };

const answerOf = (content: Content) => ({
  description: content.description,
  ...(content.headers === undefined ? {} : { headers: headersOf(content.headers) }),
  ...contentOf(content),
});

const hostAnswers401 = 'No key that opens this function (answered by the host, without a body)';

const lineOf = (code: ProblemCode): string => `${code}: ${problems[code].title} ${problems[code].advice}`;

const retryAfter = { 'Retry-After': 'Seconds after which it may be repeated.' };

const problemAnswer = (status: number, codes: readonly ProblemCode[]) => ({
  description: [...(status === 401 ? [`${hostAnswers401}.`] : []), ...codes.map(lineOf)].join('\n\n'),
  ...(status === 503 ? { headers: headersOf(retryAfter) } : {}),
  ...(codes.length === 0 ? {} : { content: { [problemMediaType]: { schema: ref('Problem') } } }),
});

type Answers = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

const problemAnswers = (codes: readonly ProblemCode[]): Answers => {
  const statuses = [...new Set([401, ...codes.map((code) => problems[code].status)])].sort((a, b) => a - b);
  return Object.fromEntries(
    statuses.map((status) => [
      status,
      problemAnswer(
        status,
        codes.filter((code) => problems[code].status === status),
      ),
    ]),
  );
};

/** A status may be an answer and a problem, told apart by their media types (the health report's 503). */
const merged = (left: Answers, right: Answers): Answers => {
  const both = Object.keys(left).filter((status) => status in right);
  const joined = both.map((status) => [
    status,
    {
      ...right[status],
      ...left[status],
      description: `${String(left[status]?.['description'])}\n\n${String(right[status]?.['description'])}`,
      content: { ...(left[status]?.['content'] as object), ...(right[status]?.['content'] as object) },
    },
  ]);
  return { ...left, ...right, ...(Object.fromEntries(joined) as Answers) };
};

const notModified = (route: Route): Answers =>
  route.method === 'get' && route.answers[200] !== undefined
    ? { 304: { description: 'The caller has it already.' } }
    : {};

const ifNoneMatch: Properties = {
  'If-None-Match': { type: 'string', description: 'ETag of what the caller has; the same again is 304.' },
};

const keySecurity = [{ functionKey: [] }, { functionKeyInQuery: [] }];

const operationOf = (route: Route) => {
  const { name, operation, tag, summary, description, needed, pathParameters, query, headers, body } = route;
  const conditional = '304' in notModified(route) ? ifNoneMatch : {};
  const parameters = [
    ...parametersIn('path', pathParameters),
    ...parametersIn('query', query),
    ...parametersIn('header', { ...headers, ...conditional }),
  ];
  const about = [description, needed === 'notify' ? undefined : `Role: ${needed}.`];
  return {
    operationId: operation ?? name.replace(/Http$/, ''),
    tags: [tag],
    summary,
    description: about.filter((line) => line !== undefined).join(' '),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(body === undefined ? {} : { requestBody: { required: body.required ?? true, ...answerOf(body) } }),
    responses: merged(
      {
        ...Object.fromEntries(
          Object.entries(route.answers).map(([status, each]) => [status, answerOf(each)]),
        ),
        ...notModified(route),
      },
      problemAnswers(problemsOf(route)),
    ),
    security: needed === 'notify' ? keySecurity : [...keySecurity, { entra: [] }],
  };
};

const pathsOf = (all: readonly Route[]) => {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of all) {
    paths[route.path] = { ...paths[route.path], [route.method]: operationOf(route) };
  }
  return paths;
};

const securitySchemes = {
  functionKey: {
    type: 'apiKey',
    in: 'header',
    name: 'x-functions-key',
    description: 'A function key (BRIDGE_AUTH keys; notify and explain always).',
  },
  functionKeyInQuery: {
    type: 'apiKey',
    in: 'query',
    name: 'code',
    description: 'A function key, as Dataverse sends it.',
  },
  entra: {
    type: 'http',
    scheme: 'bearer',
    description:
      'A token of Entra ID, or the cookie of App Service sign-in (BRIDGE_AUTH entra). Roles: docs/api.md. What is no GET, and a look at a payload, needs the header x-requested-with.',
  },
};

const tags = [
  { name: 'Jobs', description: 'System jobs and what can be asked of them.' },
  {
    name: 'Endpoints',
    description: 'Service endpoints: how they stand, pausing, resuming and draining them.',
  },
  { name: 'Operations', description: 'Bulk operations: one action on many jobs.' },
  { name: 'Notifications', description: 'What Dataverse calls.' },
  { name: 'App', description: 'The app itself.' },
];

/** The OpenAPI 3.1 description of the API, made from the schemas that requests are checked with. */
export const openApi = (): Schema => ({
  openapi: '3.1.0',
  info: {
    title: 'Dataverse to Azure bridge',
    version: '1.0.0',
    description:
      'System jobs that carry execution contexts of Dataverse to Azure. Times are ISO 8601 in UTC.',
    license: { name: 'MIT', identifier: 'MIT' },
  },
  servers: [{ url: '/api' }],
  tags,
  paths: pathsOf(routes),
  components: { schemas: components, securitySchemes },
});
