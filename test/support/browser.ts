import chromium from '@sparticuz/chromium';
import { chromium as playwright, type Browser, type Page } from 'playwright-core';

interface OpenOptions {
  /** Place on the page: `/jobs?status=Failed`; the overview when absent. */
  readonly place?: string;
  /** Function key; null opens the page signed out. */
  readonly key?: string | null;
  readonly theme?: 'light' | 'dark';
  readonly width?: number;
  readonly height?: number;
  readonly reducedMotion?: boolean;
}

/** A page in the browser, and what happened in it that must not. */
export interface OpenPage {
  readonly page: Page;
  /** Addresses of other origins that were asked for. */
  readonly foreign: string[];
  /** Exceptions, and what the content security policy refused. */
  readonly faults: string[];
  readonly close: () => Promise<void>;
}

export interface TestBrowser {
  readonly open: (options?: OpenOptions) => Promise<OpenPage>;
  readonly close: () => Promise<void>;
}

const launch = async (): Promise<Browser> =>
  playwright.launch({
    executablePath: await chromium.executablePath(),
    // One process for all pages ends with the first of them.
    args: chromium.args.filter((each) => each !== '--single-process'),
    headless: true,
  });

const watch = (page: Page, origin: string): Pick<OpenPage, 'foreign' | 'faults'> => {
  const foreign: string[] = [];
  const faults: string[] = [];
  page.on('request', (request) => {
    if (new URL(request.url()).origin !== origin) foreign.push(request.url());
  });
  page.on('pageerror', ({ message }) => faults.push(message));
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) faults.push(message.text());
  });
  return { foreign, faults };
};

const addressOf = (baseUrl: string, key: string | null, place: string): string =>
  key === null
    ? `${baseUrl}/api/page/#${place}`
    : `${baseUrl}/api/page/#key=${encodeURIComponent(key)}&${place}`;

/** Chromium, with the System Jobs page of a running app. */
export const startBrowser = async (app: {
  readonly baseUrl: string;
  readonly functionKey: string;
}): Promise<TestBrowser> => {
  const browser = await launch();
  const open = async (options: OpenOptions = {}): Promise<OpenPage> => {
    const { place = '/', key = app.functionKey, theme = 'light', width = 1280, height = 900 } = options;
    const context = await browser.newContext({
      viewport: { width, height },
      colorScheme: theme,
      reducedMotion: options.reducedMotion === true ? 'reduce' : 'no-preference',
      locale: 'en-GB',
      timezoneId: 'Europe/Berlin',
    });
    const page = await context.newPage();
    const watched = watch(page, new URL(app.baseUrl).origin);
    await page.goto(addressOf(app.baseUrl, key, place));
    return { page, ...watched, close: () => context.close() };
  };
  return { open, close: () => browser.close() };
};
