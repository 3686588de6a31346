import { expect, it } from 'vitest';
import { withPage } from '../support/browser/openPage.ts';
import { browserSuite } from '../support/browser/suite.ts';
import { newOperations } from '../support/contexts.ts';

browserSuite('the files of the page', {}, (rig) => {
  const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`${rig().app.baseUrl}${path}`, { redirect: 'manual', headers });

  it('are found, since its address gets its last slash', async () => {
    const answer = await get('/api/page');
    expect(answer.status).toBe(302);
    const target = new URL(answer.headers.get('location') ?? '', `${rig().app.baseUrl}/api/page`);
    expect(target.pathname).toBe('/api/page/');
  });

  it('are had without a key, under a policy without anything inline or foreign', async () => {
    const answer = await get('/api/page/');
    expect(answer.status).toBe(200);
    const policy = answer.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
    expect(policy).not.toContain('unsafe');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('are not sent again to who has them', async () => {
    const first = await get('/api/page/main.js');
    const again = await get('/api/page/main.js', { 'if-none-match': first.headers.get('etag') ?? '' });
    expect([first.status, again.status]).toEqual([200, 304]);
  });

  it.each(['main.js.gz', '../host.json', '..%2f..%2fhost.json', 'nested/main.js', '%00'])(
    'are no others: %s',
    async (file) => {
      expect((await get(`/api/page/${file}`)).status).toBe(404);
    },
  );

  it('open at the place of an address that brings the key, which leaves it at once', async () => {
    const { app, browser } = rig();
    const id = await app.accept(newOperations()());
    await app.until(id, 'Succeeded');
    await withPage(browser, app, { at: '/jobs?status=Succeeded' }, async ({ page }) => {
      await page.locator(`tr[data-id="${id}"]`).getByText('Succeeded').waitFor();
      expect(page.url()).toBe(`${app.baseUrl}/api/page/#/jobs?status=Succeeded`);
    });
  });

  it('follow an address that changes before the first view is painted', async () => {
    const { app, browser } = rig();
    await withPage(browser, app, {}, async ({ page }) => {
      await page.addInitScript(`
        new MutationObserver((_, observer) => {
          if (document.querySelector('nav') === null) return;
          observer.disconnect();
          location.hash = '#/endpoints';
        }).observe(document, { childList: true, subtree: true });
      `);
      await page.reload();
      await page.getByRole('heading', { name: 'Endpoints', level: 1 }).waitFor();
    });
  });
});
