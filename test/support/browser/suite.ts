import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe } from 'vitest';
import { startApp, type AppOptions, type RunningApp } from '../runningApp.ts';
import { findBrowser } from './chromium.ts';

/** What the tests of a suite work with; ready when they run. */
export interface Rig {
  readonly app: RunningApp;
  readonly browser: Browser;
}

const found = await findBrowser();

/**
 * Tests in a browser on a running app of their own. Where no browser starts they are skipped, and the suite's name says
 * why.
 */
export const browserSuite = (
  name: string,
  options: AppOptions,
  tests: (rig: () => Rig) => void,
  prepare: (app: RunningApp) => Promise<void> = async () => undefined,
): void => {
  const { browser, missing } = found;
  const title = missing === undefined ? name : `${name} (${missing})`;
  describe.skipIf(missing !== undefined)(title, () => {
    let app: RunningApp | undefined;
    beforeAll(async () => {
      app = await startApp(options);
      await prepare(app);
    });
    afterAll(() => app?.stop());
    tests(() => {
      if (app === undefined || browser === undefined) throw new Error('The suite has not started.');
      return { app, browser };
    });
  });
};

afterAll(() => found.browser?.close());
