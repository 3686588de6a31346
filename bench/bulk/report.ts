import { loadLine, machineLine } from '../machine.ts';
import { withRange } from '../statistics.ts';
import type { BulkFlags } from './flags.ts';
import type { BulkRun } from './run.ts';

const row = (...cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

const table = (runs: readonly BulkRun[]): string[] => {
  const ratios = runs.map(({ idle, during }) => during.p99Ms / idle.p99Ms);
  const line = (title: string, latencies: readonly BulkRun['idle'][], ratio: string): string =>
    row(
      title,
      withRange(
        latencies.map(({ p50Ms }) => p50Ms),
        1,
      ),
      withRange(
        latencies.map(({ p99Ms }) => p99Ms),
        1,
      ),
      ratio,
    );
  return [
    row('', 'p50 ms', 'p99 ms', 'p99 against idle, run by run'),
    row('---', '---', '---', '---'),
    line(
      'idle',
      runs.map(({ idle }) => idle),
      '1',
    ),
    line(
      'during the bulk retry',
      runs.map(({ during }) => during),
      withRange(ratios, 2),
    ),
  ];
};

/** The report in Markdown. */
export const reportOf = (flags: BulkFlags, runs: readonly BulkRun[]): string => {
  const { jobs, perMinute, ratePerSecond, seconds } = flags;
  const minutes = runs.map(({ retryMs }) => retryMs / 60_000);
  return [
    '# Accepting during a bulk retry',
    '',
    'What a bulk retry costs those who post notifications: the time from when a post was due to its answer, at a fixed rate whether',
    'or not answers come. Everything is on one machine: the app (one process for HTTP and all else), its storage (Azurite), the bus,',
    'and who posts; in Azure each has its own.',
    '',
    `Each run retries ${jobs} failed jobs at ${perMinute} a minute. ${ratePerSecond} notifications a second are posted for ${seconds} s`,
    'before it, and from the request for the retry until the outcome of its last job is known. Medians, with the lowest and',
    'highest run in brackets.',
    '',
    ...table(runs),
    '',
    `Until the last of the ${jobs} was retried and its outcome known: ${withRange(minutes, 1)} minutes.`,
    '',
    `Machine: ${machineLine()}; load average at the end ${loadLine()}. Runs: ${runs.length}.`,
    '',
    `Again: \`npm run bench:bulk -- --jobs ${jobs} --per-minute ${perMinute} --rate ${ratePerSecond} --seconds ${seconds} --runs ${runs.length}\``,
    '(bench/bulk/main.ts).',
    '',
  ].join('\n');
};
