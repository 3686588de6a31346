import { parseArgs } from 'node:util';

export interface BenchFlags {
  readonly help: boolean;
  /** Runs of each measurement; medians are reported. */
  readonly runs: number;
  /** Jobs of a throughput run. */
  readonly jobs: number;
  /** Notifications a second in the latency runs. */
  readonly ratePerSecond: number;
  readonly seconds: number;
  /** Where the report goes; nowhere when undefined. */
  readonly report: string | undefined;
}

export const helpText = `Measures what a system job costs, against a plain Durable app and against no orchestration at all,
each on a local platform of its own. Takes about ten minutes.

Usage: npm run bench -- [flags]

  --runs N       runs of each measurement (default 3)
  --jobs N       jobs of a throughput run (default 1000)
  --rate N       notifications a second in the latency runs (default 40)
  --seconds N    length of a latency run (default 15)
  --report FILE  writes the report there (default docs/benchmarks.md; "-" writes none)
  --help         this text
`;

const wholeNumber = (text: string, flag: string): number => {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1) return value;
  throw new Error(`--${flag} is "${text}"; it must be a whole number above 0.`);
};

/** @throws Error in one sentence for flags that cannot be understood. */
export const readFlags = (args: readonly string[]): BenchFlags => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      help: { type: 'boolean', default: false },
      runs: { type: 'string', default: '3' },
      jobs: { type: 'string', default: '1000' },
      rate: { type: 'string', default: '40' },
      seconds: { type: 'string', default: '15' },
      report: { type: 'string', default: 'docs/benchmarks.md' },
    },
  });
  return {
    help: values.help,
    runs: wholeNumber(values.runs, 'runs'),
    jobs: wholeNumber(values.jobs, 'jobs'),
    ratePerSecond: wholeNumber(values.rate, 'rate'),
    seconds: wholeNumber(values.seconds, 'seconds'),
    report: values.report === '-' ? undefined : values.report,
  };
};
