import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newOperations } from '../support/contexts.ts';
import { startBrowser, type TestBrowser } from '../support/browser.ts';
import { startApp, type RunningApp } from '../support/runningApp.ts';

let app: RunningApp;
let browser: TestBrowser;

beforeAll(async () => {
  app = await startApp();
  browser = await startBrowser(app);
});

afterAll(async () => {
  await browser.close();
  await app.stop();
});

const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${app.baseUrl}${path}`, { redirect: 'manual', headers });

describe('the page, served', () => {
  it('leads to the address with a slash, so that its files are found', async () => {
    const answer = await get('/api/page');
    expect(answer.status).toBe(302);
    expect(new URL(answer.headers.get('location') ?? '', `${app.baseUrl}/api/page`).pathname).toBe(
      '/api/page/',
    );
  });

  it('is had without a key, under a policy without anything inline or foreign', async () => {
    const answer = await get('/api/page/');
    expect(answer.status).toBe(200);
    const policy = answer.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
    expect(policy).not.toContain('unsafe');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('is not sent again to who has it', async () => {
    const first = await get('/api/page/main.js');
    const again = await get('/api/page/main.js', { 'if-none-match': first.headers.get('etag') ?? '' });
    expect([first.status, again.status]).toEqual([200, 304]);
  });

  it.each(['main.js.gz', '../host.json', '..%2f..%2fhost.json', 'nested/main.js', '%00'])(
    'knows no file %s',
    async (file) => {
      expect((await get(`/api/page/${file}`)).status).toBe(404);
    },
  );
});

describe('the page, opened', () => {
  it('asks for the key, and says when it is not accepted', async () => {
    const { page, faults, close } = await browser.open({ key: null });
    await page.locator('input[type=password]').fill('wrong');
    await page.getByRole('button', { name: 'Open the page' }).click();
    await page.getByText('This key is not accepted').waitFor();
    await page.locator('input[type=password]').fill(app.functionKey);
    await page.getByRole('button', { name: 'Open the page' }).click();
    await page.getByRole('heading', { name: 'Overview' }).waitFor();
    expect(faults).toEqual([]);
    await close();
  });

  it('takes the key out of the address and keeps the place', async () => {
    const { page, close } = await browser.open({ place: '/jobs?status=Succeeded' });
    await page.getByRole('heading', { name: 'Jobs', exact: true }).waitFor();
    expect(page.url()).toBe(`${app.baseUrl}/api/page/#/jobs?status=Succeeded`);
    await close();
  });

  it('shows a job, asks nobody else and breaks no policy', async () => {
    const id = await app.accept(newOperations()());
    const { page, foreign, faults, close } = await browser.open({ place: '/jobs' });
    await page.locator(`tr[data-id="${id}"]`).getByText('Succeeded').waitFor();
    expect({ foreign, faults }).toEqual({ foreign: [], faults: [] });
    await close();
  });
});
