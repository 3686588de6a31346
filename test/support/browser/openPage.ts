import type { Browser, BrowserContext, Page } from 'playwright-core';
import { expect } from 'vitest';
import { screenshotOfFailure, type Theme } from './screenshot.ts';
import { watch, type Watch } from './watch.ts';

export interface PageOptions {
  /** The place on the page, like `/jobs?status=Failed`; the overview when absent. */
  readonly at?: string;
  /** The key that the address carries, the app's when absent; null: signed out. */
  readonly key?: string | null;
  readonly theme?: Theme;
  /** Size of the window in CSS pixels; 1280 × 800 when absent. */
  readonly width?: number;
  readonly height?: number;
  /** Headers that every request carries, as a proxy in front of the app would add them. */
  readonly headers?: Readonly<Record<string, string>>;
}

export interface OpenPage {
  readonly page: Page;
  readonly watch: Watch;
  /** Goes to another address of the page. */
  readonly goTo: (at: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** What of the app the page needs. */
interface App {
  readonly baseUrl: string;
  readonly functionKey: string;
}

const newContext = (browser: Browser, options: PageOptions): Promise<BrowserContext> =>
  browser.newContext({
    viewport: { width: options.width ?? 1280, height: options.height ?? 800 },
    colorScheme: options.theme ?? 'light',
    reducedMotion: 'reduce',
    locale: 'en-GB',
    timezoneId: 'UTC',
    ...(options.headers === undefined ? {} : { extraHTTPHeaders: options.headers }),
  });

/** Opens the page of the app in a fresh browser profile. */
export const openPage = async (browser: Browser, app: App, options: PageOptions = {}): Promise<OpenPage> => {
  const context = await newContext(browser, options);
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  const watched = watch(page, app.baseUrl);
  const goTo = async (at: string): Promise<void> => {
    await page.goto(`${app.baseUrl}/api/page/#${at}`);
  };
  const { at = '/', key = app.functionKey } = options;
  await goTo(key === null ? at : signingIn(at, key));
  return { page, watch: watched, goTo, close: () => context.close() };
};

/** The fragment of an address that signs the page in. */
const signingIn = (at: string, key: string): string => `key=${encodeURIComponent(key)}&${at}`;

/** Opens the page, works with it, closes it; fails when the page did what no page of ours may do. */
export const withPage = async (
  browser: Browser,
  app: App,
  options: PageOptions,
  work: (opened: OpenPage) => Promise<void>,
): Promise<void> => {
  const opened = await openPage(browser, app, options);
  try {
    await work(opened);
    // What a hostile text would set if it came to run (test/support/hostile.ts).
    expect(await opened.page.evaluate('globalThis.hostile')).toBeUndefined();
    expect(opened.watch.faults).toEqual([]);
  } catch (error) {
    await screenshotOfFailure(opened.page);
    throw error;
  } finally {
    await opened.close();
  }
};
