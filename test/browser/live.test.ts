import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { button, dialog } from '../support/browser/find.ts';
import { withPage } from '../support/browser/openPage.ts';
import { browserSuite } from '../support/browser/suite.ts';
import { newOperations } from '../support/contexts.ts';
import { ordersEndpoint } from '../support/runningApp.ts';

const missing = { ...ordersEndpoint, name: 'missing', path: 'no-such-queue' };
const endpointsFile = JSON.stringify({ endpoints: [ordersEndpoint, missing] });
const nextBody = newOperations();

const rows = (page: Page) => page.locator('table.jobs tbody tr');

browserSuite(
  'the page, live',
  { endpointsFile },
  (rig) => {
    it('asks nothing while it is paused, and goes on when asked', async () => {
      await withPage(rig().browser, rig().app, { at: '/jobs' }, async ({ page }) => {
        await rows(page).first().waitFor();
        await page.keyboard.press('p');
        await page.getByText('Paused').waitFor();
        let asked = 0;
        page.on('request', () => (asked += 1));
        await page.waitForTimeout(6000);
        expect(asked).toBe(0);
        await page.keyboard.press('p');
        await page.waitForRequest(/summary/);
      });
    });

    it('shows an operation that runs on every view, until it has ended', async () => {
      const { app, browser } = rig();
      const filter = { endpoint: 'missing', status: ['Suspended'] };
      const ask = { action: 'cancel', filter, reason: 'not needed', ratePerMinute: 10 };
      await withPage(browser, app, { at: '/endpoints' }, async ({ page }) => {
        const answer = await fetch(`${app.baseUrl}/api/operations`, {
          method: 'POST',
          headers: { 'x-functions-key': app.functionKey, 'content-type': 'application/json' },
          body: JSON.stringify(ask),
        });
        expect(answer.status).toBe(202);
        await page.getByText(/^cancel: \d of 2 jobs dealt with$/).waitFor();
        await page.getByRole('link', { name: 'Show the operation' }).waitFor({ state: 'detached' });
      });
    });

    it('keeps what it shows when storage is out of reach, says so, and goes on by itself', async () => {
      const { app, browser } = rig();
      await withPage(browser, app, { at: '/jobs' }, async ({ page, watch }) => {
        watch.expectStatus(503);
        await rows(page).first().waitFor();
        const before = await rows(page).count();
        app.storage.setMode('refuse');
        try {
          await page.getByRole('alert').getByText('What you see may be out of date').waitFor();
          expect(await rows(page).count()).toBe(before);
          await page.reload();
          await page
            .getByRole('heading', { name: 'The storage of the bridge is out of reach.' })
            .first()
            .waitFor();
        } finally {
          app.storage.setMode('pass');
        }
        await rows(page).first().waitFor();
      });
    });

    it('names a filter that is none', async () => {
      await withPage(rig().browser, rig().app, { at: '/jobs' }, async ({ page }) => {
        await rows(page).first().waitFor();
        await page.keyboard.press('/');
        await page.keyboard.type('status:Failed colour:red');
        await page.keyboard.press('Enter');
        await page.getByText('"colour" is not a filter').waitFor();
      });
    });

    it('selects everything that matches, shown or not, and says so', async () => {
      await withPage(rig().browser, rig().app, { at: '/jobs' }, async ({ page }) => {
        await rows(page).first().waitFor();
        await page.getByLabel('Select all rows').click();
        await button(page, 'Select all that match').click();
        await page.getByText('All that match are selected').waitFor();
        await page.keyboard.press('Escape');
        await page.getByText('All that match are selected').waitFor({ state: 'detached' });
      });
    });

    it('cancels an operation by click: the jobs that it has not come to stay', async () => {
      const { app, browser } = rig();
      const filter = { endpoint: 'missing', status: ['Suspended', 'Canceled'] };
      const ask = { action: 'delete', filter, reason: 'test data', ratePerMinute: 1 };
      const answer = await fetch(`${app.baseUrl}/api/operations`, {
        method: 'POST',
        headers: { 'x-functions-key': app.functionKey, 'content-type': 'application/json' },
        body: JSON.stringify(ask),
      });
      const { id } = (await answer.json()) as { id: string };
      await withPage(browser, app, { at: `/operations/${id}` }, async ({ page }) => {
        await page.getByText('50 % of 2 jobs').waitFor();
        await button(page, 'Cancel operation').click();
        await button(dialog(page), 'Cancel operation').click();
        await page.locator('.chip-word', { hasText: 'Canceled' }).waitFor();
        await page.getByText('50 % of 2 jobs').waitFor();
      });
    });
  },
  async (app) => {
    await app.accept(nextBody(), { endpoint: 'orders' });
    for (const body of [nextBody(), nextBody()]) {
      const id = await app.accept(body, { endpoint: 'missing' });
      await app.until(id, 'Suspended');
    }
  },
);
