import type { Bridge, Table } from './bridge.ts';

/** Rows of one entity-group transaction (the service's limit), and transactions under way at once. */
const rowsAtOnce = 100;
const breadth = 4;

const bodyOf = (n: number, timeMs: number): Uint8Array =>
  new TextEncoder().encode(
    JSON.stringify({
      MessageName: 'Create',
      PrimaryEntityName: 'account',
      PrimaryEntityId: `c0ffee00-0000-4000-8000-${n.toString(16).padStart(12, '0')}`,
      OperationId: `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`,
      OperationCreatedOn: `/Date(${timeMs}+0000)/`,
    }),
  );

type Row = Readonly<Record<string, unknown>>;

/** Rows of the n-th job: delivered, or failed and in the attention index. */
const rowsOf = (bridge: Bridge, n: number, isFailed: boolean): readonly Row[] => {
  const timeMs = Date.UTC(2026, 0, 1) + n * 1000;
  const body = bodyOf(n, timeMs);
  const notification = bridge.readNotification({ endpoint: 'orders', header: () => null, body });
  const job = {
    ...bridge.newJob(notification, new Date(timeMs)),
    status: isFailed ? 'Failed' : 'Succeeded',
    attention: isFailed,
    attemptCount: 1,
    ...(isFailed ? { code: 'Refused' } : {}),
  };
  const partitionKey = bridge.partitionKeyOf(job.id);
  const row = {
    partitionKey,
    rowKey: `j${job.id}`,
    ...bridge.columnsOfNewJob(job),
    bodyEncoding: 'identity',
    body0: body,
  };
  return isFailed ? [row, { partitionKey, rowKey: `a${job.id}`, ...bridge.columnsOfEntry(job) }] : [row];
};

/** Jobs between two words of progress. */
const toldEach = 50_000;

/**
 * Stores the jobs `from` to `to`, each tenth of the first thousand failed.
 *
 * @param progress is told how many jobs are stored, now and then.
 * @returns rows a second.
 */
export const fill = async (
  bridge: Bridge,
  table: Table,
  from: number,
  to: number,
  progress: (stored: number) => void,
): Promise<number> => {
  const start = performance.now();
  const waiting = new Map<string, Row[]>();
  const underWay = new Set<Promise<unknown>>();
  const send = async (rows: readonly Row[]): Promise<void> => {
    const actions = rows.map((row): ['create', Row] => ['create', row]);
    const sending = table.request('Filling', (client) => client.submitTransaction(actions));
    const ended = sending.finally(() => underWay.delete(ended));
    underWay.add(ended);
    if (underWay.size >= breadth) await Promise.race(underWay);
  };
  let count = 0;
  for (let n = from; n < to; n += 1) {
    if (n > from && n % toldEach === 0) progress(n);
    for (const row of rowsOf(bridge, n, n < 1000 && n % 10 === 0)) {
      const shard = String(row['partitionKey']);
      const rows = [...(waiting.get(shard) ?? []), row];
      count += 1;
      waiting.set(shard, rows.length < rowsAtOnce ? rows : []);
      if (rows.length === rowsAtOnce) await send(rows);
    }
  }
  for (const rows of waiting.values()) if (rows.length > 0) await send(rows);
  await Promise.all(underWay);
  return (count * 1000) / (performance.now() - start);
};
