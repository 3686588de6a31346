import type { ConsoleMessage, Page, Request } from 'playwright-core';

/** What a page did that no page of ours may do; filled while it lives. */
export interface Watch {
  readonly faults: readonly string[];
  /** Answers with this status are part of the test: the browser logs each as an error. */
  expectStatus(...statuses: readonly number[]): void;
  /** The server is cut off: the browser logs each request that gets no answer. */
  expectNoAnswer(): void;
}

const ownSchemes = ['data:', 'blob:', 'about:'];

const isForeign = (request: Request, origin: string): boolean =>
  !ownSchemes.some((scheme) => request.url().startsWith(scheme)) && new URL(request.url()).origin !== origin;

const answeredWith = /status of (\d{3})/;

/** Notes console errors (breaches of the content security policy are among them), exceptions, dialogs and foreign requests. */
export const watch = (page: Page, baseUrl: string): Watch => {
  const faults: string[] = [];
  const expected = new Set<string>();
  let mayBeCutOff = false;
  const isExpected = (text: string): boolean => {
    if (!text.startsWith('Failed to load resource')) return false;
    return text.includes('net::ERR_') ? mayBeCutOff : expected.has(answeredWith.exec(text)?.[1] ?? '');
  };
  page.on('console', (message: ConsoleMessage) => {
    if (message.type() !== 'error' && message.type() !== 'warning') return;
    if (isExpected(message.text())) return;
    faults.push(`console ${message.type()}: ${message.text()} (${message.location().url})`);
  });
  page.on('pageerror', (error) => faults.push(`exception: ${error.stack ?? error.message}`));
  page.on('crash', () => faults.push('the page crashed'));
  page.on('dialog', (dialog) => {
    faults.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  const { origin } = new URL(baseUrl);
  page.on('request', (request) => {
    if (isForeign(request, origin)) faults.push(`request to another origin: ${request.url()}`);
  });
  return {
    faults,
    expectStatus: (...statuses) => {
      for (const status of statuses) expected.add(String(status));
    },
    expectNoAnswer: () => {
      mayBeCutOff = true;
    },
  };
};
