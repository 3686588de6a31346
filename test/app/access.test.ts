import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newOperations } from '../support/contexts.ts';
import { principalOf } from '../support/principals.ts';
import { startApp, type RunningApp } from '../support/runningApp.ts';

const nextBody = newOperations();

const codeOf = async (response: Response): Promise<string> => {
  expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
  const { code, status } = (await response.json()) as { code: string; status: number };
  expect(status).toBe(response.status);
  return `${response.status} ${code}`;
};

const signedIn = (...roles: string[]): Record<string, string> => ({
  'x-ms-client-principal': principalOf({ roles }),
  'x-requested-with': 'test',
});

describe('an app that people sign in to with Entra ID', () => {
  let app: RunningApp;
  beforeAll(async () => {
    app = await startApp({ settings: { BRIDGE_AUTH: 'entra', WEBSITE_AUTH_ENABLED: 'True' } });
  });
  afterAll(() => app.stop());

  /** Without a function key. */
  const ask = (path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Response> =>
    fetch(`${app.baseUrl}${path}`, { method, headers });

  it('tells who is signed in and what that person may do (P-3)', async () => {
    const response = await ask('/api/me', signedIn('Bridge.Act', 'Bridge.Payload'));
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({
      name: 'ann@contoso.com',
      auth: 'entra',
      roles: ['read', 'act', 'payload'],
    });
  });

  it('lets nobody in without a principal, whatever key is sent along (P-2, P-4)', async () => {
    for (const path of ['/api/me', '/api/jobs', '/api/jobs/x', '/api/health']) {
      expect(await codeOf(await ask(path))).toBe('401 SignInNeeded');
      expect(await codeOf(await ask(path, { 'x-functions-key': app.masterKey }))).toBe('401 SignInNeeded');
    }
  });

  it.each([
    ['garbage', '{}'],
    ['base 64 of garbage', Buffer.from('{"claims":').toString('base64')],
    ['very long', 'A'.repeat(12_000)],
    ['of another provider', principalOf({ auth_typ: 'github', roles: ['Bridge.Read'] })],
  ])('answers a principal that is %s with 401, not with a fault (P-4)', async (_what, header) => {
    expect(await codeOf(await ask('/api/jobs', { 'x-ms-client-principal': header }))).toBe(
      '401 SignInNeeded',
    );
  });

  it('lets readers read and not act, and writes down who acts by name (P-3)', async () => {
    const id = await app.accept(nextBody());
    await expect
      .poll(async () => (await ask(`/api/jobs/${id}`, signedIn('Bridge.Read'))).json(), { timeout: 20_000 })
      .toMatchObject({ status: 'Succeeded' });
    const path = `/api/jobs/${id}/retry`;
    expect(await codeOf(await ask(path, signedIn('Bridge.Read'), 'POST'))).toBe('403 RoleMissing');
    expect(await codeOf(await ask(path, signedIn('Bridge.Payload'), 'POST'))).toBe('403 RoleMissing');
    expect(await codeOf(await ask(path, signedIn('Bridge.Act'), 'POST'))).toBe('409 ActionForbidden');
    expect(app.log.some((line) => line.includes('"by":"ann@contoso.com"'))).toBe(true);
  });

  it('does nothing that a page of another site may have asked for (P-5)', async () => {
    const cookiesOnly = { 'x-ms-client-principal': principalOf({ roles: ['Bridge.Act'] }) };
    expect(await codeOf(await ask('/api/jobs/x/cancel', cookiesOnly, 'POST'))).toBe('403 CrossSite');
    const elsewhere = { ...signedIn('Bridge.Act'), 'sec-fetch-site': 'cross-site' };
    expect(await codeOf(await ask('/api/jobs/x/cancel', elsewhere, 'POST'))).toBe('403 CrossSite');
    expect(await codeOf(await ask('/api/jobs', elsewhere))).toBe('403 CrossSite');
  });

  it('takes notifications with a function key only (P-2)', async () => {
    expect((await app.notify(nextBody(), { query: '', headers: signedIn('Bridge.Act') })).status).toBe(401);
    expect((await app.notify(nextBody())).status).toBe(202);
    expect((await ask('/api/explain/orders', signedIn('Bridge.Act'), 'POST')).status).toBe(401);
  });

  it('opens the engine and the host to neither principals nor function keys', async () => {
    const headers = { ...signedIn('Bridge.Act', 'Bridge.Payload'), 'x-functions-key': app.functionKey };
    for (const path of [
      '/runtime/webhooks/durabletask/instances',
      '/admin/functions',
      '/admin/host/status',
    ]) {
      expect((await ask(path, headers)).status).toBe(401);
    }
  });
});

describe('an app that is told to trust a header that nobody guards', () => {
  it('serves nothing, and asks for a key before it says why (P-2)', async () => {
    const app = await startApp({ settings: { BRIDGE_AUTH: 'entra' } });
    try {
      const forged = signedIn('Bridge.Act');
      expect((await fetch(`${app.baseUrl}/api/jobs`, { headers: forged })).status).toBe(401);
      expect((await fetch(`${app.baseUrl}/api/health`, { headers: forged })).status).toBe(401);
      expect(await codeOf(await app.get('/api/jobs'))).toBe('503 ConfigurationFaulty');
      expect(await codeOf(await app.notify(nextBody()))).toBe('503 ConfigurationFaulty');
      expect(await (await app.get('/api/health')).json()).toMatchObject({
        configuration: { faults: [expect.stringContaining('WEBSITE_AUTH_ENABLED') as string] },
      });
    } finally {
      await app.stop();
    }
  });
});

describe('an app with function keys', () => {
  let app: RunningApp;
  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app.stop());

  it('asks for one, and takes no principal for it (P-1)', async () => {
    for (const path of ['/api/me', '/api/jobs', '/api/health']) {
      expect((await fetch(`${app.baseUrl}${path}`)).status).toBe(401);
      expect((await fetch(`${app.baseUrl}${path}`, { headers: signedIn('Bridge.Act') })).status).toBe(401);
    }
  });

  it('gives whoever has one every role (P-1)', async () => {
    const response = await app.get('/api/me');
    expect(await response.json()).toEqual({
      name: 'the holder of a function key',
      auth: 'keys',
      roles: ['read', 'act', 'payload'],
    });
  });

  it('answers data that is shown by no other site, framed by none and never guessed at', async () => {
    for (const path of ['/api/me', '/api/jobs?top=0', '/api/jobs/none', '/api/health']) {
      const { headers } = await app.get(path);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('content-security-policy')).toBe("default-src 'none'; frame-ancestors 'none'");
      expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('access-control-allow-origin')).toBeNull();
    }
  });
});
