import { engineOperations } from './engineOperations.ts';
import type { BenchFlags } from './flags.ts';
import { loadLine, machineLine } from './machine.ts';
import { workers, type Measured, type Worker } from './measure.ts';
import { columns, notificationBytes } from './notifications.ts';
import { median, withRange } from './statistics.ts';
import type { Counts } from './counts.ts';

const row = (...cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;

const header = (...titles: readonly string[]): string[] => [row(...titles), row(...titles.map(() => '---'))];

const ratios = (ours: readonly number[], theirs: readonly number[]): number[] =>
  ours.map((value, run) => value / (theirs[run] ?? Number.NaN));

const cpuOf = ({ throughput }: Measured, worker: Worker): number[] =>
  throughput[worker].map(({ cpuMsPerJob }) => cpuMsPerJob);

const rateOf = ({ throughput }: Measured, worker: Worker): number[] =>
  throughput[worker].map(({ jobsPerSecond }) => jobsPerSecond);

const throughputTable = (measured: Measured): string[] => {
  const plain = cpuOf(measured, 'plain-durable');
  return [
    ...header('App', 'CPU ms per job', 'CPU against plain-durable, run by run', 'Jobs per second'),
    ...workers.map((worker) =>
      row(
        worker,
        withRange(cpuOf(measured, worker), 2),
        withRange(ratios(cpuOf(measured, worker), plain), 2),
        withRange(rateOf(measured, worker), 0),
      ),
    ),
  ];
};

const p99s = (latencies: readonly { readonly p99Ms: number }[]): number[] =>
  latencies.map(({ p99Ms }) => p99Ms);
const p50s = (latencies: readonly { readonly p50Ms: number }[]): number[] =>
  latencies.map(({ p50Ms }) => p50Ms);

const latencyTable = ({ accept, empty, sideBySide }: Measured): string[] => {
  const accepting = sideBySide.map((both) => both.accept);
  const doingNothing = sideBySide.map((both) => both.empty);
  return [
    ...header('', 'p50 ms', 'p99 ms', 'p99 against the empty function, run by run'),
    row('empty function, alone', withRange(p50s(empty), 1), withRange(p99s(empty), 1), '1'),
    row(
      'accept, alone',
      withRange(p50s(accept), 1),
      withRange(p99s(accept), 1),
      withRange(ratios(p99s(accept), p99s(empty)), 2),
    ),
    row(
      'empty function, in the app under load',
      withRange(p50s(doingNothing), 1),
      withRange(p99s(doingNothing), 1),
      '1',
    ),
    row(
      'accept, at the same time',
      withRange(p50s(accepting), 1),
      withRange(p99s(accepting), 1),
      withRange(ratios(p99s(accepting), p99s(doingNothing)), 2),
    ),
  ];
};

const countsTable = ({ counts }: Measured): string[] => {
  const rows = (app: 'bridge' | 'plain-durable'): string[] =>
    counts[app].map((count) =>
      row(
        app,
        count.retries,
        count.workItems,
        count.tableRequests,
        count.historyEvents,
        count.historyCharacters,
      ),
    );
  return [
    ...header('App', 'Retries', 'Work items', 'Own table requests', 'History events', 'History characters'),
    ...rows('bridge'),
    ...rows('plain-durable'),
  ];
};

const transactionsPerJob = (app: 'bridge' | 'plain-durable', { retries, tableRequests }: Counts): number =>
  engineOperations[app].perInstance + engineOperations[app].perRetry * retries + tableRequests;

const transactionsTable = ({ counts }: Measured): string[] => [
  ...header('App', 'Retries', 'Engine', 'Own tables', 'Transactions per million jobs'),
  ...(['bridge', 'plain-durable'] as const).flatMap((app) =>
    counts[app].map((count) =>
      row(
        app,
        count.retries,
        engineOperations[app].perInstance + engineOperations[app].perRetry * count.retries,
        count.tableRequests,
        `${transactionsPerJob(app, count)} million`,
      ),
    ),
  ),
];

/** Figures that the product aims at, and whether this run reached them. */
const figures = (measured: Measured): string[] => {
  const cpu = median(ratios(cpuOf(measured, 'bridge'), cpuOf(measured, 'plain-durable')));
  const { accept, empty, sideBySide } = measured;
  const alone = median(ratios(p99s(accept), p99s(empty)));
  const together = median(
    ratios(p99s(sideBySide.map((both) => both.accept)), p99s(sideBySide.map((both) => both.empty))),
  );
  const items = measured.counts.bridge.every(({ retries, workItems }) => workItems === 4 + 3 * retries);
  const requests = measured.counts.bridge.every(
    ({ retries, tableRequests }) => tableRequests === 3 + 2 * retries,
  );
  const verdict = (held: boolean): string => (held ? 'reached' : 'missed');
  return [
    ...header('Figure', 'Aim', 'Here', ''),
    row('CPU per job against plain-durable', 'at most 0.67', cpu.toFixed(2), verdict(cpu <= 1 / 1.5)),
    row('Work items', '4 + 3 a retry', items ? 'the same' : 'see below', verdict(items)),
    row('Own table requests', '3 + 2 a retry', requests ? 'the same' : 'see below', verdict(requests)),
    row(
      'Accept p99 against an empty function, both under the load',
      'at most 2.5',
      together.toFixed(2),
      verdict(together <= 2.5),
    ),
    row('The same, each alone in its process', '', alone.toFixed(2), ''),
  ];
};

/** The report as Markdown. */
export const writeReport = (measured: Measured, flags: BenchFlags, date: Date): string =>
  [
    '# Benchmarks',
    '',
    'Written by `npm run bench`; figures are of one call of it, medians with the lowest and the highest run in brackets.',
    '',
    `- Machine: ${machineLine()}; load average at the end ${loadLine()}. ${date.toISOString().slice(0, 10)}.`,
    `- ${flags.runs} runs; ${flags.jobs} jobs a throughput run, 16 posts at once; answer times at ${flags.ratePerSecond} posts a second for ${flags.seconds} s.`,
    `- Notification: the Create of an account with ${columns} columns, ${notificationBytes} bytes.`,
    '- Platform: the local one ([local-platform.md](local-platform.md)), with tables and bus in memory and the Durable hub on disk. Each app has a host process of its own; its CPU time is that of host and app together. Load generator, storage and bus share the machine, so wall-clock figures say little beyond their order.',
    '',
    'The apps: **bridge** is this product; **plain-durable** what a good tutorial writes (the starter hands the payload to the orchestration; an activity records, one posts with RetryOptions, one records; `bench/apps/plain-durable`); **limit** inserts, sends and merges in the HTTP function, without orchestration and without its guarantees.',
    '',
    '## Figures to reach',
    '',
    ...figures(measured),
    '',
    '## Cost and throughput',
    '',
    ...throughputTable(measured),
    '',
    '## Time to the answer',
    '',
    'Open model: posts are sent at their time, whether or not answers have come, and the time counts from then.',
    '',
    ...latencyTable(measured),
    '',
    '## Exact counts for one job',
    '',
    'Work items are the start, orchestration episodes and activities. Characters of history are those of its JSON.',
    '',
    ...countsTable(measured),
    '',
    '## Storage transactions',
    '',
    "The engine's own requests were counted on the real one (DurableTask.Core 3.9.0, DurableTask.AzureStorage 2.9.1, four partitions, a proxy before Azurite), with orchestrations of the same actions, one instance at a time, three repeats without any difference: 18 and 15 a retry for the bridge, 36 and 15 a retry for plain-durable. At 20 instances a second batching brought 17.0 and 34.7. Not in it: polling and leases, which depend on time, not on jobs (an idle hub with one instance: 19 104 requests an hour at a polling interval of 1 s, 2 514 at 30 s), and the empty polls that follow a message (0.5 to 12 a job). A retry costs both apps the same.",
    '',
    ...transactionsTable(measured),
    '',
  ].join('\n');
