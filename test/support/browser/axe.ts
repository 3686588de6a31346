import axe, { type AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const find = "axe.run(document, { resultTypes: ['violations'] })";

/** What axe finds wrong with a page as it stands, by all its rules: a line for each rule and place. */
export const axeFaults = async (page: Page): Promise<readonly string[]> => {
  if (!(await page.evaluate<boolean>("'axe' in globalThis"))) await page.evaluate(axe.source);
  const { violations } = await page.evaluate<AxeResults>(find);
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(
      ({ target, failureSummary }) => `${id}: ${help} at ${target.join(' ')}. ${failureSummary ?? ''}`,
    ),
  );
};
