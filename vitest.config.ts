import { defineConfig } from 'vitest/config';

/**
 * Tiers, cheapest first: `pure` (no I/O), `contract` (real clients on a local platform), `local` (the platform
 * itself), `app` (the whole running app over HTTP and AMQP), `browser` (its page, in Chromium). One command runs them
 * all.
 */
const tier = (name: string, include: string[], timeoutMs: number) => ({
  test: {
    name,
    include,
    testTimeout: timeoutMs,
    hookTimeout: Math.max(timeoutMs, 60_000),
    // What is waited for is there at once as a rule; a busy machine must not turn that into a failure.
    expect: { poll: { timeout: timeoutMs / 2 } },
    pool: 'forks' as const,
    server: { deps: { external: [/\/(dist|build)\//] } },
  },
});

export default defineConfig({
  test: {
    // Many tests wait for something; more of them at a time than processors keeps these busy.
    maxWorkers: 3,
    projects: [
      tier('pure', ['test/pure/**/*.test.ts'], 20_000),
      tier('contract', ['test/contract/**/*.test.ts', 'test/golden/**/*.test.ts'], 60_000),
      tier('local', ['test/local/**/*.test.ts'], 60_000),
      tier('app', ['test/app/**/*.test.ts'], 180_000),
      tier('browser', ['test/browser/**/*.test.ts'], 120_000),
    ],
  },
});
