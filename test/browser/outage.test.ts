import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { button, dialog, field } from '../support/browser/find.ts';
import { withPage } from '../support/browser/openPage.ts';
import { browserSuite } from '../support/browser/suite.ts';
import { newOperations } from '../support/contexts.ts';
import { ordersEndpoint, type RunningApp } from '../support/runningApp.ts';

/** Does not retry by itself within a test: people have to. */
const endpointsFile = JSON.stringify({
  endpoints: [{ ...ordersEndpoint, retry: { firstDelaySeconds: 3600 } }],
});

const nextBody = newOperations();

const acceptMany = async (app: RunningApp, count: number): Promise<string[]> => {
  const ids: string[] = [];
  for (let n = 0; n < count; n += 1) ids.push(await app.accept(nextBody()));
  return ids;
};

/** The failure group on the overview, once it has so many jobs. */
const groupOf = (page: Page, count: number) =>
  page
    .locator('.group')
    .filter({ hasText: 'orders' })
    .filter({ hasText: `${count}jobs` });

const actOnEndpoint = async (page: Page, action: string, reason: string): Promise<void> => {
  await button(page, `${action}: orders`).click();
  await field(dialog(page), 'Reason').fill(reason);
  await button(dialog(page), action).click();
};

const statusesOf = async (app: RunningApp, ids: readonly string[]): Promise<string[]> =>
  (await Promise.all(ids.map((id) => app.job(id)))).map(({ status }) => status);

browserSuite('someone on call', { endpointsFile }, (rig) => {
  it('steers through an outage: sees the group grow, pauses, resumes, retries by canary, and all is delivered', async () => {
    const { app, browser } = rig();
    await withPage(browser, app, {}, async ({ page, goTo }) => {
      await app.bus.control.stopListening();
      const failed = await acceptMany(app, 5);
      await groupOf(page, 5).waitFor();
      failed.push(...(await acceptMany(app, 7)));
      await groupOf(page, 12).waitFor();

      await goTo('/endpoints');
      await actOnEndpoint(page, 'Pause', 'the bus is down');
      await page.getByText('Paused by').waitFor();
      const held = await acceptMany(app, 3);
      await page.locator('.figure', { hasText: '3 held' }).waitFor();

      await goTo('/');
      await page.locator('.not-running li', { hasText: '3 held' }).getByText('the bus is down').waitFor();
      await button(groupOf(page, 12), 'Retry all').click();
      await dialog(page).getByText('orders holds its jobs back (Paused)').waitFor();
      await page.keyboard.press('Escape');

      await goTo('/endpoints');
      await app.bus.control.listen();
      await actOnEndpoint(page, 'Resume', 'the bus is back');
      for (const id of held) await app.until(id, 'Succeeded');
      expect(await statusesOf(app, failed)).toEqual(failed.map(() => 'Waiting'));

      await goTo('/');
      await button(groupOf(page, 12), 'Retry all').click();
      await field(dialog(page), 'Reason').fill('the bus is back');
      await button(dialog(page), 'Start for 12').click();
      await page.locator('.chip', { hasText: 'Completed' }).waitFor();
      await page.locator('.figure', { hasText: '12 succeeded since' }).waitFor();
      await page.locator('.results tbody tr', { hasText: 'succeeded' }).nth(11).waitFor();
      expect(await statusesOf(app, [...failed, ...held])).toEqual(Array(15).fill('Succeeded'));

      await goTo('/');
      await page.getByText('Nothing fails').waitFor();
    });
    expect((await app.receiveAll()).length).toBe(15);
  });
});
