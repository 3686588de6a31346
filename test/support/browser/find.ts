import type { Locator, Page } from 'playwright-core';

/**
 * A button by its name. Fluent's buttons have their role in their internals, which the finder by role does not see; so
 * they are found by what the role would go by: their label, else their text.
 */
export const button = (scope: Page | Locator, name: string): Locator =>
  scope
    .locator(`fluent-button[aria-label^="${name}"]`)
    .or(scope.locator('fluent-button:not([aria-label])').filter({ hasText: name }))
    .first();

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
