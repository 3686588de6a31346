import { join } from 'node:path';
import { tmpdir } from 'node:os';
import bundled from '@sparticuz/chromium';
import { chromium, type Browser } from 'playwright-core';

/** A browser for tests, or why there is none on this machine. */
export type FoundBrowser =
  | { readonly browser: Browser; readonly missing: undefined }
  | { readonly browser: undefined; readonly missing: string };

/**
 * Only what a container needs. Nothing of the package's own arguments: they turn the rules on origins off, which are
 * part of what is tested here.
 */
const args = ['--no-sandbox', '--disable-dev-shm-usage', '--font-render-hinting=none', '--hide-scrollbars'];

/** The fonts that come with the bundled browser, so that pictures look the same on every machine. */
const fontSettings = { FONTCONFIG_PATH: join(tmpdir(), 'fonts') };

const launchBundled = async (): Promise<Browser> =>
  chromium.launch({
    executablePath: await bundled.executablePath(),
    args,
    env: { ...process.env, ...fontSettings },
  });

/** The bundled browser runs on Linux alone; elsewhere the Chrome that is installed serves. */
const launchAny = (): Promise<Browser> => {
  const given = process.env['BROWSER_TEST_EXECUTABLE'];
  if (given !== undefined) return chromium.launch({ executablePath: given, args });
  return process.platform === 'linux' ? launchBundled() : chromium.launch({ channel: 'chrome', args });
};

const firstLine = (error: unknown): string => String(error).split('\n')[0] ?? '';

/** Starts a browser. Close it when the tests end. */
export const findBrowser = async (): Promise<FoundBrowser> => {
  try {
    return { browser: await launchAny(), missing: undefined };
  } catch (error) {
    return { browser: undefined, missing: `skipped: no Chromium starts here (${firstLine(error)})` };
  }
};
