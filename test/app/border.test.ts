import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Role } from '../../shared/api/access/caller.ts';
import { problems, type ProblemCode } from '../../shared/api/problemCatalogue.ts';
import type { Route } from '../../shared/api/routes/route.ts';
import { routes } from '../../shared/api/routes/routes.ts';
import { checkAnswer } from '../support/answerCheck.ts';
import { newOperations } from '../support/contexts.ts';
import { principalOf } from '../support/principals.ts';
import { startApp, type RunningApp } from '../support/runningApp.ts';

let app: RunningApp;
let jobId: string;
beforeAll(async () => {
  app = await startApp({
    settings: { BRIDGE_AUTH: 'entra', WEBSITE_AUTH_ENABLED: 'True', BRIDGE_STORAGE_TIMEOUT_SECONDS: '1' },
  });
  jobId = await app.accept(newOperations()());
});
afterAll(() => app.stop());

/** Bodies of routes that need one. */
const bodies: Readonly<Record<string, unknown>> = {
  startOperationHttp: { action: 'retry', filter: { status: 'Failed' }, reason: 'a test', dryRun: true },
  groupNoteHttp: { text: 'known' },
};

const pathOf = ({ path }: Route): string =>
  `/api${path}`
    .replace('/jobs/{id}', `/jobs/${jobId}`)
    .replace('/operations/{id}', `/operations/zd2xv7git-${'0'.repeat(12)}`)
    .replace(/\{(name|endpoint)\}/, 'orders')
    .replace('{code}', 'Busy')
    .replace('{action}', 'pause');

const ask = async (route: Route, headers: Record<string, string> = {}): Promise<Response> => {
  const url = `${app.baseUrl}${pathOf(route)}`;
  const body = bodies[route.name];
  const method = route.method.toUpperCase();
  const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
  const answer = await fetch(url, init);
  await checkAnswer(method, url, answer);
  return answer;
};

const appRoleOf: Readonly<Record<Role, string>> = {
  read: 'Bridge.Read',
  act: 'Bridge.Act',
  payload: 'Bridge.Payload',
};

const signedIn = (...roles: Role[]): Record<string, string> => ({
  'x-ms-client-principal': principalOf({ roles: roles.map((role) => appRoleOf[role]) }),
  'x-requested-with': 'test',
});

const codeIn = async (answer: Response): Promise<string | undefined> =>
  ((await answer.json()) as { code?: string }).code;

const people = routes
  .filter(({ needed }) => needed !== 'notify')
  .map((route) => ({ route, what: `${route.method} ${route.path}`, needed: route.needed as Role }));

/** Routes that answer without the storage. */
const withoutStorage = ['meHttp', 'openApiHttp', 'healthHttp'];

describe.each(people)('$what', ({ route, needed }) => {
  it('answers nobody who is not signed in (P-4)', async () => {
    const answer = await ask(route, { 'x-requested-with': 'test', 'x-functions-key': app.functionKey });
    expect(answer.status).toBe(401);
    expect(await codeIn(answer)).toBe('SignInNeeded');
  });

  it('answers nobody whose roles do not include its own (P-3)', async () => {
    const others = (['read', 'act', 'payload'] as const).filter((role) => role !== needed);
    const answer = await ask(route, needed === 'read' ? signedIn() : signedIn(...others));
    expect(answer.status).toBe(403);
    expect(await codeIn(answer)).toBe('RoleMissing');
  });

  it('answers who has the role; while storage is out of reach 503, to be repeated (P-3, R-8)', async () => {
    app.storage.setMode('refuse');
    const answer = await ask(route, signedIn(needed)).finally(() => app.storage.setMode('pass'));
    const needsStorage = !withoutStorage.includes(route.name);
    expect(answer.status).toBe(needsStorage || route.name === 'healthHttp' ? 503 : 200);
    expect(answer.headers.has('retry-after')).toBe(needsStorage);
    expect(await codeIn(answer)).toBe(needsStorage ? 'StorageUnavailable' : undefined);
  });
});

/** A request as it is written, without the tidying of `fetch`. */
const raw = (method: string, path: string, headers: Record<string, string> = {}): Promise<number> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(app.baseUrl);
    const sent = request({ hostname, port, method, path, headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    sent.on('error', reject);
    sent.end();
  });

describe('a stranger', () => {
  const refused = [400, 401, 403, 404, 405];

  it.each([
    '/api/jobs/',
    '/API/JOBS',
    '/api//jobs',
    '/api/./jobs',
    '/api/page/../jobs',
    '/api/page/%2e%2e/jobs',
    '/api/page/..%2fjobs',
    '/api/page/..%5cjobs',
    '/api/%6aobs',
    '/api/jobs%2f',
    '/api/jobs/%00',
    '/api/jobs/%e2%80%ae',
    '/api/jobs/%ff',
    '/api/jobs;x=1',
    '/api/jobs/x/payload%3f',
    `/api/jobs/${'a'.repeat(8000)}`,
    '/api/notify/orders/../../jobs',
    '/admin/../api/jobs',
    '/runtime/webhooks/durabletask/instances/x',
    '/runtime/webhooks/durabletask/../../../api/jobs',
  ])('gets nothing at %j', async (path) => {
    for (const method of ['GET', 'POST', 'DELETE', 'HEAD', 'OPTIONS', 'PATCH']) {
      expect(refused).toContain(await raw(method, path));
    }
  });

  it('cannot have a request taken for another method', async () => {
    const headers = {
      ...signedIn('read'),
      'x-http-method-override': 'DELETE',
      'x-method-override': 'DELETE',
    };
    expect(await raw('GET', `/api/jobs/${jobId}`, headers)).toBe(200);
    expect(await raw('POST', `/api/jobs/${jobId}`, { ...headers, ...signedIn('act') })).toBe(404);
    expect((await fetch(`${app.baseUrl}/api/jobs/${jobId}`, { headers: signedIn('read') })).status).toBe(200);
  });

  it('gets no permission to read from another site (CORS)', async () => {
    const headers = { origin: 'https://evil.example', ...signedIn('read') };
    const answer = await fetch(`${app.baseUrl}/api/jobs`, { headers });
    const allowed = [...answer.headers.keys()].filter((name) => name.startsWith('access-control-'));
    expect(allowed).toEqual([]);
  });
});

describe('a body over the bound', () => {
  const acting = people.filter(({ route }) => route.body !== undefined);

  it.each(acting)('is refused before it is read as JSON at $what', async ({ route, needed }) => {
    const answer = await fetch(`${app.baseUrl}${pathOf(route)}`, {
      method: route.method.toUpperCase(),
      headers: signedIn(needed),
      body: '['.repeat(200_000),
    });
    expect(answer.status).toBe(400);
    const { code, detail } = (await answer.json()) as { code: ProblemCode; detail: string };
    expect(problems[code].status).toBe(400);
    expect(detail).toMatch(/has more than \d+ bytes/);
  });
});
