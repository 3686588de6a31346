import type { Locator, Page } from 'playwright-core';

/** The first button of a name, or of one that begins so: what is not possible says why behind it. */
export const button = (scope: Page | Locator, name: string): Locator =>
  scope.getByRole('button', { name }).first();

/** Fluent's tabs have their role in their internals, which the finder by role does not see. */
export const tab = (scope: Page | Locator, name: string): Locator =>
  scope.locator('fluent-tab', { hasText: name });

/** The dialog that is open. */
export const dialog = (page: Page): Locator => page.locator('fluent-dialog');

/** A field of a dialog or form by its label. */
export const field = (scope: Page | Locator, label: string): Locator =>
  scope.locator('label').filter({ hasText: label }).locator('input, select');

/** How far the page can be scrolled sideways, in CSS pixels. */
export const sidewaysScroll = (page: Page): Promise<number> =>
  page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
