import { readFile } from 'node:fs/promises';
import type { Locator, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { button, dialog, field } from '../support/browser/find.ts';
import { openPage, withPage } from '../support/browser/openPage.ts';
import { browserSuite } from '../support/browser/suite.ts';
import { newOperations } from '../support/contexts.ts';
import { ordersEndpoint, type RunningApp } from '../support/runningApp.ts';

const retry = { firstDelaySeconds: 3600 };
const endpointsFile = JSON.stringify({
  endpoints: [
    { ...ordersEndpoint, retry },
    { ...ordersEndpoint, name: 'missing', path: 'no-such-queue', retry },
  ],
});

const nextBody = newOperations();

const prepare = async (app: RunningApp): Promise<void> => {
  const suspended = [
    await app.accept(nextBody(), { endpoint: 'missing' }),
    await app.accept(nextBody(), { endpoint: 'missing' }),
  ];
  const delivered = [await app.accept(nextBody()), await app.accept(nextBody())];
  for (const id of suspended) await app.until(id, 'Suspended');
  for (const id of delivered) await app.until(id, 'Succeeded');
};

const rows = (page: Page): Locator => page.locator('.jobs tbody tr');

/** Addresses of the jobs that are shown, in their order. */
const shown = (page: Page): Promise<string[]> =>
  page.evaluate("[...document.querySelectorAll('.jobs .row-link')].map((link) => link.getAttribute('href'))");

/** What stands over the columns. */
const titles = async (page: Page): Promise<string[]> => {
  const texts = await page.locator('.jobs [role=columnheader]').allTextContents();
  return texts.map((text) => text.trim()).filter(Boolean);
};

/** Which row has the keyboard; -1 when none has. */
const focusedRow = (page: Page): Promise<number> =>
  page.evaluate(
    "[...document.querySelectorAll('.jobs tbody tr')].findIndex((row) => row.contains(document.activeElement))",
  );

/** Name of what has the keyboard. */
const focusedName = (page: Page): Promise<string | null> =>
  page.evaluate("document.activeElement.getAttribute('aria-label')");

browserSuite(
  'the list of jobs',
  { endpointsFile },
  (rig) => {
    it('is not shown under an address with a filter that there is not, which is named', async () => {
      const { app, browser } = rig();
      await withPage(browser, app, { at: '/jobs?endpont=missing&status=Suspended' }, async ({ page }) => {
        await page.getByText('"endpont" is not a filter').waitFor();
        expect(await rows(page).count()).toBe(0);
        await page.getByRole('link', { name: 'Show the jobs without it' }).click();
        await rows(page).nth(1).waitFor();
        expect(new URL(page.url()).hash).toBe('#/jobs?status=Suspended');
      });
    });

    it.each([400, 320])('says each status in full at %i pixels', async (width) => {
      const { app, browser } = rig();
      await withPage(browser, app, { at: '/jobs', width }, async ({ page }) => {
        await rows(page).nth(3).waitFor();
        const cut = await page.evaluate<number>(
          "[...document.querySelectorAll('.jobs tbody .chip-word')].filter((word) => word.scrollWidth > word.clientWidth).length",
        );
        expect(cut).toBe(0);
      });
    });

    it('is filtered by a click, and its address shows the same to somebody else', async () => {
      const { app, browser } = rig();
      await withPage(browser, app, { at: '/jobs' }, async ({ page }) => {
        await rows(page).nth(3).waitFor();
        await page.locator('.counter', { hasText: 'Suspended' }).click();
        await rows(page).nth(1).waitFor();
        await page.locator('.filter-chip', { hasText: 'Suspended' }).waitFor();
        const { hash } = new URL(page.url());
        expect(hash).toBe('#/jobs?status=Suspended');
        const other = await openPage(browser, app, { at: hash.slice(1) });
        await rows(other.page).nth(1).waitFor();
        expect(await rows(other.page).count()).toBe(2);
        expect(await shown(other.page)).toEqual(await shown(page));
        await other.close();
      });
    });

    it('names its columns for what the API tells of a job', async () => {
      const { app, browser } = rig();
      await withPage(browser, app, { at: '/jobs' }, async ({ page }) => {
        await rows(page).first().waitFor();
        expect(await titles(page)).toEqual(
          [
            'Status',
            'Name',
            'Record',
            'Endpoint',
            'Created',
            'Last change',
            'Next attempt',
            'Attempts',
          ].concat('Last error'),
        );
      });
    });

    it('has the columns that a person chose, in their order, also when the page is opened again', async () => {
      const { app, browser } = rig();
      await withPage(browser, app, { at: '/jobs' }, async ({ page }) => {
        await rows(page).first().waitFor();
        await button(page, 'Columns').click();
        for (const label of ['Created', 'Last change', 'Next attempt', 'Record', 'Duration'])
          await field(dialog(page), label).click();
        for (let moves = 0; moves < 3; moves += 1) await button(dialog(page), 'Move Duration up').click();
        expect(await focusedName(page)).toBe('Move Duration up');
        await button(dialog(page), 'Show these').click();
        const chosen = ['Status', 'Name', 'Duration', 'Endpoint', 'Attempts', 'Last error'];
        expect(await titles(page)).toEqual(chosen);
        await page.reload();
        await rows(page).first().waitFor();
        expect(await titles(page)).toEqual(chosen);
        const durations = await page.locator('.jobs tbody .column-duration').allTextContents();
        expect(durations.filter((text) => /\d (ms|s)$/.test(text)).length).toBeGreaterThanOrEqual(2);
        await button(page, 'Columns').click();
        await button(dialog(page), 'Usual columns').click();
        await button(dialog(page), 'Show these').click();
        expect(await titles(page)).toHaveLength(9);
      });
    });

    it('keeps a filter under a name, opens it again, and forgets it when asked', async () => {
      const { app, browser } = rig();
      await withPage(browser, app, { at: '/jobs?status=Suspended' }, async ({ page, goTo }) => {
        await rows(page).nth(1).waitFor();
        await button(page, 'Save as view').click();
        await field(dialog(page), 'Name').fill('On <b>hold</b>');
        await page.keyboard.press('Enter');
        const link = page.getByRole('link', { name: 'On <b>hold</b>' });
        await link.waitFor();
        await page.reload();
        await goTo('/jobs');
        await rows(page).nth(3).waitFor();
        await link.click();
        await page.locator('.filter-chip', { hasText: 'Suspended' }).waitFor();
        expect(new URL(page.url()).hash).toBe('#/jobs?status=Suspended');
        await button(page, 'Remove the view On').click();
        await link.waitFor({ state: 'detached' });
        await button(page, 'Save as view').waitFor();
      });
    });

    it('never moves the row under the pointer: what is new is announced', async () => {
      const { app, browser } = rig();
      await withPage(browser, app, { at: '/jobs' }, async ({ page }) => {
        const first = rows(page).first();
        await first.hover();
        const [before, text] = [
          await first.boundingBox(),
          await first.locator('.row-link').getAttribute('href'),
        ];
        const id = await app.accept(nextBody());
        await page.locator('.fresh-bar button').waitFor();
        expect(await first.boundingBox()).toEqual(before);
        expect(await first.locator('.row-link').getAttribute('href')).toBe(text);
        await page.locator('.fresh-bar button').click();
        await page.locator(`.row-link[href*="${id}"]`).waitFor();
      });
    });

    it('is walked, opened and acted on with the keyboard alone', async () => {
      const { app, browser } = rig();
      await withPage(browser, app, { at: '/jobs?status=Suspended' }, async ({ page }) => {
        await rows(page).nth(1).waitFor();
        await page.keyboard.press('j');
        await page.keyboard.press('j');
        expect(await focusedRow(page)).toBe(1);
        await page.keyboard.press('k');
        expect(await focusedRow(page)).toBe(0);
        await page.keyboard.press('Enter');
        await page.locator('.timeline').waitFor();
        await button(page, 'Retry now').focus();
        await page.keyboard.press('Enter');
        await field(dialog(page), 'Reason').waitFor();
        await page.keyboard.type('by keyboard');
        await page.keyboard.press('Tab');
        await page.keyboard.press('Tab');
        await page.keyboard.press('Enter');
        await page.getByText('Reason: by keyboard').waitFor();
      });
    });

    it('opens a dialog that Escape closes, and gives the focus back', async () => {
      const { app, browser } = rig();
      await withPage(browser, app, { at: '/jobs?status=Suspended' }, async ({ page }) => {
        await rows(page).first().locator('.row-link').click();
        await button(page, 'Delete').focus();
        await page.keyboard.press('Enter');
        await dialog(page).locator('p').first().waitFor();
        await page.keyboard.press('Escape');
        await dialog(page).waitFor({ state: 'detached' });
        expect(await focusedName(page)).toBe('Delete');
      });
    });

    it('gives the support bundle of a job as a file, without its payload', async () => {
      const { app, browser } = rig();
      const id = await app.accept(nextBody());
      await app.until(id, 'Succeeded');
      await withPage(browser, app, { at: `/jobs/${id}` }, async ({ page }) => {
        const downloading = page.waitForEvent('download');
        await button(page, 'Support bundle').click();
        const download = await downloading;
        expect(download.suggestedFilename()).toBe(`job-${id}.json`);
        const text = await readFile(await download.path(), 'utf8');
        expect(text).toContain(id);
        expect(text).not.toContain('Fabrikam');
      });
    });

    it('says that a job changed meanwhile, does nothing, and shows how it stands', async () => {
      const { app, browser } = rig();
      const id = await app.accept(nextBody(), { endpoint: 'missing' });
      await app.until(id, 'Suspended');
      await withPage(browser, app, { at: `/jobs/${id}` }, async ({ page, watch }) => {
        watch.expectStatus(412);
        await button(page, 'Cancel job').click();
        await app.act(id, 'retry');
        await app.until(id, 'Suspended');
        await button(dialog(page), 'Cancel job').click();
        await page.getByText('The job changed meanwhile, so nothing was done.').waitFor();
        await page.locator('.timeline .attempt').nth(1).waitFor();
        expect((await app.job(id)).status).toBe('Suspended');
      });
    });
  },
  prepare,
);
