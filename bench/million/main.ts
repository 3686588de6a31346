import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import getPort from 'get-port';
import { azuriteConnectionString, startAzurite } from '../../local/azurite/startAzurite.ts';
import { repositoryRoot } from '../../local/process/programs.ts';
import { loadLine, machineLine } from '../machine.ts';
import { loadBridge, type Bridge, type Table } from './bridge.ts';
import { fill } from './fill.ts';

/** Jobs stored at each measurement: `npm run bench:million -- 1000 1000000`. */
const sizes = process.argv.slice(2).map(Number);

interface Look {
  readonly requests: number;
  readonly ms: number;
}

const measure = async (
  bridge: Bridge,
  table: Table,
  work: (table: Table) => Promise<unknown>,
): Promise<Look> => {
  let requests = 0;
  const counted: Table = {
    ...table,
    request: (what, call) => {
      requests += 1;
      return table.request(what, call);
    },
  };
  const start = performance.now();
  await work(counted);
  return { requests, ms: performance.now() - start };
};

const looks = (bridge: Bridge): readonly [string, (table: Table) => Promise<unknown>][] => [
  ['first page of all jobs', (table) => bridge.tableJobStore(table).list({ top: 50 })],
  ['first page of failed jobs', (table) => bridge.tableJobStore(table).list({ top: 50, status: 'Failed' })],
  [
    'summary',
    (table) =>
      bridge.summarize({
        store: bridge.tableJobStore(table),
        statistics: bridge.endpointStatistics(table),
        endpointStore: bridge.endpointStates(table),
        endpoints: [{ name: 'orders' }],
        now: () => new Date(),
        unreadable: () => undefined,
      }),
  ],
];

const port = await getPort();
const azurite = await startAzurite({ port });
const bridge = await loadBridge();
const table = bridge.openTable({
  connectionString: azuriteConnectionString(port),
  tableName: 'Million',
  deadlineMs: 120_000,
  elapsedMs: () => performance.now(),
});
const lines: string[] = [];
let stored = 0;
for (const size of sizes.length === 0 ? [1000, 1_000_000] : sizes) {
  const rate = await fill(bridge, table, stored, size, (jobs) => {
    process.stderr.write(`${jobs} of ${size} jobs stored\n`);
  });
  stored = size;
  process.stdout.write(`${size} jobs stored, ${rate.toFixed(0)} rows a second\n`);
  for (const [name, work] of looks(bridge)) {
    const { requests, ms } = await measure(bridge, table, work);
    lines.push(`| ${size} | ${name} | ${requests} | ${ms.toFixed(0)} |`);
    process.stdout.write(`${lines.at(-1) ?? ''}\n`);
  }
}
await azurite.stop();
const report = `# Lists with many jobs

Written by \`npm run bench:million\` on ${new Date().toISOString().slice(0, 10)}. ${machineLine()}
Load average at the end: ${loadLine()}. A hundred jobs need attention; all others are delivered.

The number of table requests is what holds anywhere. The times are those of Azurite, which keeps a table in memory without
an index of its keys and looks through all of it for each request; Table Storage reads the range of keys alone.

| Jobs stored | Look | Table requests | ms |
| ----------- | ---- | -------------- | -- |
${lines.join('\n')}
`;
await writeFile(join(repositoryRoot, 'docs/benchmarks-lists.md'), report);
