import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that take longest (half a minute and more): begun last, one of them would run on alone at the end. */
const longest = [
  'app/gate',
  'app/fuzz',
  'app/chaos',
  'pure/context/roundTrip',
  'contract/formatsOracle',
  'browser/live',
  'browser/outage',
];

const placeOf = ({ moduleId }: TestSpecification): number => {
  const at = longest.findIndex((name) => moduleId.endsWith(`/test/${name}.test.ts`));
  return at === -1 ? longest.length : at;
};

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const usual = await super.sort(files);
    return usual.sort((a, b) => placeOf(a) - placeOf(b));
  }
}

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
    sequence: { sequencer: LongestFirst },
    projects: [
      tier('pure', ['test/pure/**/*.test.ts'], 20_000),
      tier('contract', ['test/contract/**/*.test.ts', 'test/golden/**/*.test.ts'], 60_000),
      tier('local', ['test/local/**/*.test.ts'], 60_000),
      tier('app', ['test/app/**/*.test.ts'], 180_000),
      tier('browser', ['test/browser/**/*.test.ts'], 120_000),
    ],
  },
});
