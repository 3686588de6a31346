import { parseArgs } from 'node:util';

export interface BulkFlags {
  readonly help: boolean;
  /** Runs; medians are reported. */
  readonly runs: number;
  /** Jobs that are retried in a run. */
  readonly jobs: number;
  /** Rate of the bulk retry. */
  readonly perMinute: number;
  /** Notifications a second that are posted meanwhile. */
  readonly ratePerSecond: number;
  /** Length of the measurement of idle. */
  readonly seconds: number;
  /** Where the report goes; nowhere when undefined. */
  readonly report: string | undefined;
}

export const helpText = `Measures what a bulk retry costs those who post notifications: the time to their answer
while jobs are retried, against idle in the same run, on a local platform.

Usage: npm run bench:bulk -- [flags]

  --runs N        runs (default 3)
  --jobs N        failed jobs that a run retries (default 10000)
  --per-minute N  rate of the bulk retry (default 1500; 6000 is the most there is)
  --rate N        notifications a second (default 20)
  --seconds N     length of the measurement of idle (default 30)
  --report FILE   writes the report there (default docs/benchmarks-bulk.md; "-" writes none)
  --help          this text
`;

const wholeNumber = (text: string, flag: string): number => {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1) return value;
  throw new Error(`--${flag} is "${text}"; it must be a whole number above 0.`);
};

/** @throws Error in one sentence for flags that cannot be understood. */
export const readFlags = (args: readonly string[]): BulkFlags => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      help: { type: 'boolean', default: false },
      runs: { type: 'string', default: '3' },
      jobs: { type: 'string', default: '10000' },
      'per-minute': { type: 'string', default: '1500' },
      rate: { type: 'string', default: '20' },
      seconds: { type: 'string', default: '30' },
      report: { type: 'string', default: 'docs/benchmarks-bulk.md' },
    },
  });
  return {
    help: values.help,
    runs: wholeNumber(values.runs, 'runs'),
    jobs: wholeNumber(values.jobs, 'jobs'),
    perMinute: wholeNumber(values['per-minute'], 'per-minute'),
    ratePerSecond: wholeNumber(values.rate, 'rate'),
    seconds: wholeNumber(values.seconds, 'seconds'),
    report: values.report === '-' ? undefined : values.report,
  };
};
