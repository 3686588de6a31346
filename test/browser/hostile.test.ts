import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { button, dialog, field } from '../support/browser/find.ts';
import { withPage } from '../support/browser/openPage.ts';
import { browserSuite } from '../support/browser/suite.ts';
import { operation } from '../support/contexts.ts';
import { hostileContext, hostileTexts } from '../support/hostile.ts';
import { ordersEndpoint, type RunningApp } from '../support/runningApp.ts';

const endpointsFile = JSON.stringify({
  endpoints: [{ ...ordersEndpoint, retry: { firstDelaySeconds: 3600 } }],
});

const markup = '<img src=x onerror=alert(1)>';

/** The broker's own words are hostile, too. */
const refusal = {
  where: 'transfer',
  what: 'reject',
  howOften: 'always',
  condition: 'amqp:not-allowed',
  description: markup,
} as const;

const ids: string[] = [];

const prepare = async (app: RunningApp): Promise<void> => {
  await app.bus.control.putFaults([refusal]);
  for (const [index, text] of hostileTexts.entries()) {
    ids.push(await app.accept(hostileContext(text, operation(index, Date.now()))));
  }
  for (const id of ids) await app.until(id, 'Failed');
  await app.act(ids[0] ?? '', 'retry', { reason: markup });
  await app.until(ids[0] ?? '', 'Failed');
};

/** Elements that no view of ours has; one of them would have come from a text. */
const strangers = (page: Page): Promise<number> =>
  page
    .locator('#page :is(script, iframe, a[href^="javascript:"], math, img:not([src="icon.svg"]), [onerror])')
    .count();

browserSuite(
  'texts that want to be markup',
  { endpointsFile },
  (rig) => {
    it('are shown as texts on the overview, in the list and in a note', async () => {
      const { app, browser } = rig();
      await withPage(browser, app, {}, async ({ page, goTo }) => {
        await page.locator('.group').first().waitFor();
        await button(page.locator('.group').first(), 'Add note').click();
        await dialog(page).locator('textarea').fill(markup);
        await button(dialog(page), 'Save').click();
        await page.locator('.group-note').getByText(markup).waitFor();
        await goTo('/jobs');
        await page
          .locator('.jobs tbody tr')
          .nth(hostileTexts.length - 1)
          .waitFor();
        expect(await page.locator('.jobs').textContent()).toContain(markup);
        expect(await strangers(page)).toBe(0);
      });
    });

    it('are shown as texts on every tab of a job', async () => {
      const { app, browser } = rig();
      await withPage(browser, app, {}, async ({ page, goTo }) => {
        for (const id of ids) {
          await goTo(`/jobs/${id}`);
          await page.locator('.timeline .attempt').first().waitFor();
          expect(await page.locator('.timeline').textContent()).toContain(markup);
          await goTo(`/jobs/${id}/context`);
          await button(page, 'Show the context').click();
          await page.locator('.tree').waitFor();
          await goTo(`/jobs/${id}/message`);
          await page.locator('pre.code').waitFor();
          await goTo(`/jobs/${id}/raw`);
          await page.locator('pre.code').waitFor();
          expect(await strangers(page)).toBe(0);
        }
      });
    });

    it('do nothing in an address', async () => {
      const { app, browser } = rig();
      await withPage(browser, app, {}, async ({ page, watch, goTo }) => {
        watch.expectStatus(400, 404);
        for (const text of hostileTexts) {
          const written = encodeURIComponent(text);
          for (const at of [
            `/jobs?table=${written}&code=${written}`,
            `/jobs/${written}`,
            `/${written}`,
            `/endpoints/${written}`,
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
      await withPage(browser, app, { at: `/jobs?table=${encodeURIComponent(markup)}` }, async ({ page }) => {
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
