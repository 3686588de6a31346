import { expect, it } from 'vitest';
import { axeFaults } from '../support/browser/axe.ts';
import { button, dialog, sidewaysScroll } from '../support/browser/find.ts';
import { withPage, type PageOptions } from '../support/browser/openPage.ts';
import { screenshot, themes } from '../support/browser/screenshot.ts';
import { browserSuite } from '../support/browser/suite.ts';
import { newOperations } from '../support/contexts.ts';
import { principalOf } from '../support/principals.ts';

const nextBody = newOperations();

browserSuite('with function keys', {}, (rig) => {
  it.each(themes)('the page asks for a key, in %s, without a fault that axe finds', async (theme) => {
    const { app, browser } = rig();
    await withPage(browser, app, { key: null, theme }, async ({ page, watch }) => {
      watch.expectStatus(401);
      await page.locator('.sign-in').waitFor();
      await screenshot(page, 'sign-in', theme);
      expect(await axeFaults(page)).toEqual([]);
    });
  });

  it('the page says that a wrong key is not accepted, and takes the right one', async () => {
    const { app, browser } = rig();
    await withPage(browser, app, { key: 'wrong' }, async ({ page, watch }) => {
      watch.expectStatus(401);
      await page.getByText('This key is not accepted.').waitFor();
      await page.locator('input[type=password]').fill(app.functionKey);
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'Overview' }).waitFor();
    });
  });

  it('the key leaves the address at once, and is forgotten on demand', async () => {
    const { app, browser } = rig();
    await withPage(browser, app, {}, async ({ page, watch }) => {
      watch.expectStatus(401);
      await page.getByRole('heading', { name: 'Overview' }).waitFor();
      expect(page.url()).not.toContain(app.functionKey);
      await button(page, 'Forget the key').click();
      await page.locator('.sign-in').waitFor();
      expect(
        await page.evaluate('JSON.stringify([{ ...sessionStorage }, { ...localStorage }])'),
      ).not.toContain(app.functionKey);
    });
  });

  it('an address whose key cannot be read is cleaned, and the page asks for one', async () => {
    const { app, browser } = rig();
    await withPage(browser, app, { key: null }, async ({ page, watch }) => {
      watch.expectStatus(401);
      await page.goto('about:blank');
      await page.goto(`${app.baseUrl}/api/page/#key=%`);
      await page.locator('.sign-in').waitFor();
      expect(page.url()).toBe(`${app.baseUrl}/api/page/#/`);
    });
  });

  it.each([false, true])(
    'the key of a link does not replace one that works until the person says so (page open already: %s)',
    async (isOpen) => {
      const { app, browser } = rig();
      await withPage(browser, app, {}, async ({ page, watch, goTo }) => {
        watch.expectStatus(401);
        const heading = (name: string) => page.getByRole('heading', { name });
        const stored = () => page.evaluate("sessionStorage.getItem('bridge.functionKey')");
        const follow = async (): Promise<void> => {
          if (!isOpen) await page.goto('about:blank');
          await goTo('key=other&/jobs');
          await heading('Use the key of this link instead?').waitFor();
        };
        await heading('Overview').waitFor();
        await follow();
        expect(page.url()).not.toContain('other');
        expect(await axeFaults(page)).toEqual([]);
        await button(page, 'Keep my key').click();
        await heading('Jobs').waitFor();
        expect(await stored()).toBe(app.functionKey);
        await follow();
        await button(page, 'Use the key of the link').click();
        await page.getByText('This key is not accepted.').waitFor();
        expect(await stored()).toBe('other');
      });
    },
  );

  it('the key of a link replaces one that is not accepted any more', async () => {
    const { app, browser } = rig();
    await withPage(browser, app, { key: 'rotated' }, async ({ page, watch, goTo }) => {
      watch.expectStatus(401);
      await page.getByText('This key is not accepted.').waitFor();
      await goTo(`key=${encodeURIComponent(app.functionKey)}&/`);
      await page.getByRole('heading', { name: 'Overview' }).waitFor();
    });
  });

  it('the page opens by itself once the app answers', async () => {
    const { app, browser } = rig();
    await withPage(browser, app, {}, async ({ page, watch }) => {
      watch.expectNoAnswer();
      await page.route('**/api/me', (route) => route.abort());
      await page.reload();
      await page.getByText('The app does not answer.').waitFor();
      await page.unroute('**/api/me');
      await page.getByRole('heading', { name: 'Overview' }).waitFor();
    });
  });

  it('a dead storage account is shown as such, and the page comes back by itself', async () => {
    const { app, browser } = rig();
    app.storage.setMode('refuse');
    try {
      await withPage(browser, app, { at: '/jobs' }, async ({ page, watch }) => {
        watch.expectStatus(503);
        await page.locator('.state.failed').waitFor();
        expect(await page.locator('.state.failed').textContent()).toContain('storage account');
        for (const theme of themes) {
          await page.emulateMedia({ colorScheme: theme });
          await screenshot(page, 'storage-dead', theme);
          expect(await axeFaults(page)).toEqual([]);
        }
        app.storage.setMode('pass');
        await page.getByText('No jobs yet').waitFor();
      });
    } finally {
      app.storage.setMode('pass');
    }
  });
});

browserSuite(
  'an app that is configured wrongly',
  { endpointsFile: '{"endpoints":[{"name":"orders","contract":"pigeon"}]}' },
  (rig) => {
    it.each(themes)('shows every fault instead of the page, in %s', async (theme) => {
      const { app, browser } = rig();
      await withPage(browser, app, { theme }, async ({ page, watch }) => {
        watch.expectStatus(503);
        await page.locator('.faults').getByText("must have required property 'connection'").waitFor();
        await screenshot(page, 'configuration-faulty', theme);
        expect(await axeFaults(page)).toEqual([]);
        expect(await sidewaysScroll(page)).toBe(0);
      });
    });
  },
);

browserSuite(
  'signed in with Entra ID',
  { settings: { BRIDGE_AUTH: 'entra', WEBSITE_AUTH_ENABLED: 'True' } },
  (rig) => {
    /** What App Service adds to each request of somebody with these roles. */
    const as = (...roles: string[]): PageOptions => ({
      key: null,
      headers: { 'x-ms-client-principal': principalOf({ roles }) },
    });

    it('somebody who may only read sees everything, and each action says which role it needs', async () => {
      const { app, browser } = rig();
      const id = await app.accept(nextBody());
      await withPage(browser, app, { ...as('Bridge.Read'), at: `/jobs/${id}` }, async ({ page, goTo }) => {
        await page.locator('.timeline').waitFor();
        expect(await button(page, 'Delete').getAttribute('aria-label')).toContain('role');
        await button(page, 'Delete').click({ force: true });
        expect(await dialog(page).count()).toBe(0);
        await goTo(`/jobs/${id}/context`);
        expect(await button(page, 'Show the context').getAttribute('aria-label')).toContain('payload');
      });
    });

    it('a look at a payload stands on the timeline with the name of who looked', async () => {
      const { app, browser } = rig();
      const id = await app.accept(nextBody());
      await withPage(
        browser,
        app,
        { ...as('Bridge.Payload'), at: `/jobs/${id}/context` },
        async ({ page, goTo }) => {
          await button(page, 'Show the context').click();
          await page.locator('.tree').waitFor();
          await goTo(`/jobs/${id}`);
          await page.getByText('ann@contoso.com looked at the payload').waitFor();
        },
      );
    });

    it('somebody without a role is told so', async () => {
      const { app, browser } = rig();
      await withPage(browser, app, as('Other.Role'), async ({ page, watch }) => {
        watch.expectStatus(401, 403);
        await page.locator('main :is(.state, .sign-in)').first().waitFor();
      });
    });

    it('nobody signed in is led to the sign-in of the platform', async () => {
      const { app, browser } = rig();
      await withPage(browser, app, { key: null }, async ({ page, watch }) => {
        watch.expectStatus(401);
        expect(await page.locator('.sign-in a').getAttribute('href')).toContain('/.auth/login/aad');
      });
    });
  },
);
