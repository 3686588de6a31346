import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { button, dialog, field } from '../support/browser/find.ts';
import { withPage } from '../support/browser/openPage.ts';
import { browserSuite } from '../support/browser/suite.ts';
import { operation } from '../support/contexts.ts';
import { hostileTexts } from '../support/hostile.ts';
import { contextOfHostileTexts, hostileContext } from '../support/hostileContext.ts';
import { ordersEndpoint, type RunningApp } from '../support/runningApp.ts';

const endpointsFile = JSON.stringify({
  endpoints: [{ ...ordersEndpoint, retry: { firstDelaySeconds: 3600 } }],
});

const markup = '<img src=x onerror=window.hostile=1>';

/** The broker's own words are hostile, too. */
const refusal = {
  where: 'transfer',
  what: 'reject',
  howOften: 'always',
  condition: 'amqp:not-allowed',
  description: markup,
} as const;

const ids: string[] = [];
let whole = '';

const prepare = async (app: RunningApp): Promise<void> => {
  await app.bus.control.putFaults([refusal]);
  for (const [index, text] of hostileTexts.entries()) {
    ids.push(await app.accept(hostileContext(text.slice(0, 250), operation(index, Date.now()))));
  }
  whole = await app.accept(contextOfHostileTexts(operation(hostileTexts.length, Date.now())));
  for (const id of [...ids, whole]) await app.until(id, 'Failed');
  await app.act(whole, 'retry', { reason: markup });
  await app.until(whole, 'Failed');
};

/** Elements that no view of ours has; one of them would have come from a text. */
const strangers = (page: Page): Promise<number> =>
  page
    .locator(
      '#page :is(script, iframe, object, form[action], a[href^="javascript:" i], math, video, base, meta, link, style, img:not([src="icon.svg"]), [onerror], [onload])',
    )
    .count();

/** Half a surrogate pair cannot stand in an address. */
const isWellFormed = (text: string): boolean => !/\p{Surrogate}/u.test(text);

browserSuite(
  'texts that want to be markup',
  { endpointsFile },
  (rig) => {
    it('are shown as texts on the overview, in a note and in the list', async () => {
      const { app, browser } = rig();
      await withPage(browser, app, {}, async ({ page, goTo }) => {
        await button(page.locator('.group').first(), 'Add note').click();
        await dialog(page).locator('textarea').fill(markup);
        await button(dialog(page), 'Save').click();
        await page.locator('.group-note').getByText(markup).waitFor();
        await app.actOnEndpoint('orders', 'pause', { reason: markup });
        await page.locator('.not-running').getByText(markup).waitFor();
        await app.actOnEndpoint('orders', 'resume');
        await goTo('/jobs');
        await page
          .locator('.jobs tbody tr')
          .nth(hostileTexts.length - 1)
          .waitFor();
        expect(await page.locator('.jobs').textContent()).toContain(markup);
        expect(await strangers(page)).toBe(0);
      });
    });

    it('are shown as texts on the page of a job, and on each of its tabs', async () => {
      const { app, browser } = rig();
      await withPage(browser, app, {}, async ({ page, goTo }) => {
        for (const id of ids) {
          await goTo(`/jobs/${id}`);
          await page.locator('.job-facts').getByText(id).waitFor();
          expect(await page.locator('.timeline').textContent()).toContain(markup);
          expect(await strangers(page)).toBe(0);
        }
        await goTo(`/jobs/${whole}/context`);
        await button(page, 'Show the context').click();
        await page.locator('.tree').waitFor();
        for (const closed of await page.locator('details:not([open]) > summary').all()) await closed.click();
        expect(await page.locator('.tree').textContent()).toContain(markup);
        expect(await strangers(page)).toBe(0);
        for (const at of ['message', 'raw']) {
          await goTo(`/jobs/${whole}/${at}`);
          await page.locator('pre.code').waitFor();
          expect(await strangers(page)).toBe(0);
        }
      });
    });

    it('do nothing in an address', async () => {
      const { app, browser } = rig();
      await withPage(browser, app, {}, async ({ page, watch, goTo }) => {
        watch.expectStatus(400, 404, 431);
        for (const text of hostileTexts.filter(isWellFormed).map((each) => each.slice(0, 500))) {
          const written = encodeURIComponent(text);
          for (const at of [
            `/jobs?table=${written}&code=${written}`,
            `/jobs/${written}`,
            `/jobs?${written}=1`,
            `/${written}`,
          ]) {
            await goTo(at);
            await page.locator('main :is(.state, .jobs)').first().waitFor();
            expect(await strangers(page)).toBe(0);
          }
        }
      });
    });

    it('are shown as texts in the dialog and on the page of an operation', async () => {
      const { app, browser } = rig();
      const at = `/jobs?table=${encodeURIComponent(markup)}`;
      await withPage(browser, app, { at }, async ({ page }) => {
        await page.locator('.jobs tbody input[type=checkbox]').first().check();
        await button(page, 'Retry').click();
        await field(dialog(page), 'Reason').fill(markup);
        await button(dialog(page), 'Start for').click();
        await page.locator('.facts').getByText(markup).first().waitFor();
        expect(await strangers(page)).toBe(0);
      });
    });
  },
  prepare,
);
