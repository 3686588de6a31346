import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { repositoryRoot } from '../../../local/process/programs.ts';

const shown = join(repositoryRoot, 'docs/screenshots');
const scratch = join(repositoryRoot, '.local/screenshots');

/** The picture of the documentation is taken anew only when asked for, or missing: a test run changes no tracked file. */
const folderFor = (file: string): string =>
  process.env['UPDATE_SCREENSHOTS'] !== undefined || !existsSync(join(shown, file)) ? shown : scratch;

/** Takes a picture of what is in sight. @param name without theme and ending */
export const screenshot = async (page: Page, name: string, theme: Theme): Promise<void> => {
  const file = `${name}-${theme}.png`;
  const folder = folderFor(file);
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, file), animations: 'disabled', caret: 'initial' });
};

/** What a test saw when it failed: `.local/screenshots/failure-….png`. */
export const screenshotOfFailure = async (page: Page): Promise<void> => {
  mkdirSync(scratch, { recursive: true });
  const name = `failure-${new Date().toISOString().replaceAll(':', '')}.png`;
  await page.screenshot({ path: join(scratch, name) }).catch(() => undefined);
};

export type Theme = 'light' | 'dark';

export const themes: readonly Theme[] = ['light', 'dark'];
