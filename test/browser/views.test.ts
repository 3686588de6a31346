import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { axeFaults } from '../support/browser/axe.ts';
import { button, dialog, sidewaysScroll, tab } from '../support/browser/find.ts';
import { withPage } from '../support/browser/openPage.ts';
import { playScene, sceneOptions, type Scene } from '../support/browser/scene.ts';
import { screenshot, themes } from '../support/browser/screenshot.ts';
import { browserSuite } from '../support/browser/suite.ts';

interface View {
  readonly name: string;
  readonly at: (scene: Scene) => string;
  /** What has to be there before the view counts as shown. */
  readonly shown: string;
  /** What a person does to see it. */
  readonly then?: (page: Page) => Promise<void>;
}

const views: readonly View[] = [
  { name: 'overview', at: () => '/', shown: '.group' },
  { name: 'jobs', at: () => '/jobs?attention=true', shown: '.jobs tbody tr' },
  {
    name: 'jobs-columns',
    at: () => '/jobs?attention=true',
    shown: '.jobs tbody tr',
    then: async (page) => {
      await button(page, 'Columns').click();
      await dialog(page).locator('.column-places').waitFor();
    },
  },
  {
    name: 'jobs-view',
    at: () => '/jobs?attention=true',
    shown: '.jobs tbody tr',
    then: async (page) => {
      await button(page, 'Save as view').click();
      await dialog(page).locator('input').waitFor();
    },
  },
  { name: 'job', at: ({ waiting }) => `/jobs/${waiting}`, shown: '.timeline .planned' },
  {
    name: 'job-context',
    at: ({ waiting }) => `/jobs/${waiting}/context`,
    shown: '.tab-panel .state',
    then: async (page) => {
      await button(page, 'Show the context').click();
      await page.locator('.tree').waitFor();
    },
  },
  {
    name: 'job-message',
    at: ({ delivered }) => `/jobs/${delivered}`,
    shown: '.timeline .end',
    then: async (page) => {
      await tab(page, 'Sent message').click();
      await button(page, 'Show the message').click();
      await page.locator('pre.code').waitFor();
    },
  },
  { name: 'job-attempts', at: ({ suspended }) => `/jobs/${suspended}/attempts`, shown: '.attempts tbody tr' },
  { name: 'job-raw', at: ({ suspended }) => `/jobs/${suspended}/raw`, shown: 'pre.code' },
  {
    name: 'job-action',
    at: ({ suspended }) => `/jobs/${suspended}`,
    shown: '.timeline .now',
    then: async (page) => {
      await button(page, 'Cancel job').click();
      await dialog(page).locator('input').waitFor();
    },
  },
  { name: 'endpoints', at: () => '/endpoints', shown: '.endpoint' },
  { name: 'endpoint', at: () => '/endpoints/archive', shown: '.endpoint .facts' },
  { name: 'operations', at: () => '/operations', shown: '.operations tbody tr' },
  { name: 'operation', at: ({ operation }) => `/operations/${operation}`, shown: '.steps tbody tr' },
  {
    name: 'bulk',
    at: () => '/',
    shown: '.group',
    then: async (page) => {
      await button(page.locator('.group').first(), 'Retry all').click();
      await button(dialog(page), 'Start for').waitFor();
    },
  },
  {
    name: 'help',
    at: () => '/',
    shown: '.group',
    then: async (page) => {
      await page.keyboard.press('?');
      await dialog(page).locator('.keys').waitFor();
    },
  },
];

let scene: Scene | undefined;

/** Closes what a view has opened over the page. */
const closeDialog = async (page: Page): Promise<void> => {
  if ((await dialog(page).count()) > 0) await page.keyboard.press('Escape');
};

browserSuite(
  'the page',
  sceneOptions,
  (rig) => {
    const show = async (page: Page, goTo: (at: string) => Promise<void>, view: View): Promise<void> => {
      if (scene === undefined) throw new Error('The scene has not been played.');
      await closeDialog(page);
      await goTo(view.at(scene));
      await page.locator(view.shown).first().waitFor();
      await view.then?.(page);
    };

    it.each(themes)(
      'in %s has no view that axe finds fault with, at 1280 or at 400 pixels',
      async (theme) => {
        const { app, browser } = rig();
        const faults: string[] = [];
        await withPage(browser, app, { theme }, async ({ page, goTo }) => {
          for (const view of views) {
            await page.setViewportSize({ width: 1280, height: 800 });
            await show(page, goTo, view);
            await screenshot(page, view.name, theme);
            for (const width of [1280, 400]) {
              await page.setViewportSize({ width, height: 800 });
              faults.push(...(await axeFaults(page)).map((fault) => `${view.name} at ${width}: ${fault}`));
            }
          }
        });
        expect(faults).toEqual([]);
      },
    );

    it.each(themes)('in %s has no fault where there is nothing to see', async (theme) => {
      const { app, browser } = rig();
      const faults: string[] = [];
      await withPage(browser, app, { theme }, async ({ page, watch, goTo }) => {
        watch.expectStatus(404);
        const noOperation = '/operations/000000000-000000000000';
        for (const at of ['/nowhere', '/jobs?colour=red', '/jobs/none', '/endpoints/none', noOperation]) {
          await goTo(at);
          await page.locator('main .state:not([role=status])').waitFor();
          faults.push(...(await axeFaults(page)).map((fault) => `${at}: ${fault}`));
        }
      });
      expect(faults).toEqual([]);
    });

    it.each([
      ['at 200 % zoom', 640],
      ['at 400 pixels', 400],
      ['at 320 pixels', 320],
    ])('%s has no view that scrolls sideways', async (_what, width) => {
      const { app, browser } = rig();
      const wide: string[] = [];
      await withPage(browser, app, { width, height: 400 }, async ({ page, goTo }) => {
        for (const view of views) {
          await show(page, goTo, view);
          if ((await sidewaysScroll(page)) > 0) wide.push(view.name);
        }
      });
      expect(wide).toEqual([]);
    });

    it('loads little: the script is under 100 KB compressed', async () => {
      const { app } = rig();
      const answer = await fetch(`${app.baseUrl}/api/page/main.js`, {
        headers: { 'accept-encoding': 'gzip' },
      });
      expect(answer.headers.get('content-encoding')).toBe('gzip');
      expect(Number(answer.headers.get('content-length'))).toBeLessThan(100_000);
    });
  },
  async (app) => {
    scene = await playScene(app);
  },
);
