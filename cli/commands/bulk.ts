import type { Command } from 'commander';
import { exitCodes, type ExitCode } from '../exitCodes.ts';
import { objectsAt, textAt, textsAt, type Json } from '../json.ts';
import { wholeNumber } from '../options.ts';
import type { Session, World } from '../session.ts';
import { operationDetailLines, operationLines } from '../show/operations.ts';
import { table } from '../show/table.ts';
import { addBulkStart } from './bulkStart.ts';
import { readResultPages } from './resultPages.ts';
import { operationOutcome, readOperation, watchOperation } from './watchOperation.ts';

const pathOf = (id: string): string => `/operations/${encodeURIComponent(id)}`;

const list = async (session: Session, after: string | undefined): Promise<undefined> => {
  const { json } = await session.api({ method: 'GET', path: '/operations', query: { after } });
  session.show(json, () => operationLines(session, objectsAt(json, 'operations')));
  const unreadable = textsAt(json, 'unreadable');
  if (unreadable.length > 0) {
    session.terminal.note(`${unreadable.length} bulk operations cannot be read: ${unreadable.join(', ')}.`);
  }
};

const show = async (session: Session, id: string, isWaiting: boolean): Promise<ExitCode> => {
  const found = await readOperation(session, id);
  const operation = isWaiting ? await watchOperation(session, found) : found;
  session.show(operation, () => operationDetailLines(session, operation));
  return isWaiting ? operationOutcome(operation) : exitCodes.done;
};

const cancel = async (session: Session, id: string): Promise<undefined> => {
  const { json } = await session.api({ method: 'POST', path: `${pathOf(id)}/cancel` });
  session.show(json, () => operationLines(session, [json]));
};

const resultLines = ({ terminal, paints }: Session, results: readonly Json[]): readonly string[] => {
  if (results.length === 0) return ['No results yet.'];
  const rows = results.map((each) =>
    ['jobId', 'result', 'outcome', 'detail'].map((name) => textAt(each, name)),
  );
  const columns = [
    { title: 'Job' },
    { title: 'Result' },
    { title: 'Outcome', drop: 1 },
    { title: 'Detail', shrinksTo: 12 },
  ];
  return table(columns, rows, terminal.width, paints);
};

const results = async (session: Session, id: string, limit: number): Promise<undefined> => {
  const { results: shown, isMore } = await readResultPages(session, `${pathOf(id)}/results`, limit);
  session.show({ results: shown, complete: !isMore }, () => resultLines(session, shown));
  if (isMore && !session.json) session.terminal.note('There are more; use --limit.');
};

/** `bridge bulk ...` */
export const addBulk = (program: Command, world: World): void => {
  const bulk = program.command('bulk').description('actions on many jobs, as operations that can be watched');
  bulk.addHelpText(
    'after',
    '\nExample: npx bridge bulk start retry --status Failed --canary --reason "fixed"',
  );
  addBulkStart(bulk, world);
  bulk
    .command('list')
    .description('the last operations, newest first')
    .option('--after <token>', '"next" of the list before (--json)')
    .addHelpText('after', '\nExample: npx bridge bulk list')
    .action(({ after }: { after?: string }, self: Command) =>
      world.run(self, (session) => list(session, after)),
    );
  bulk
    .command('show')
    .description('everything about one operation')
    .argument('<id>', 'id of the operation')
    .option('--wait', 'progress bar until its end; exit code 1 unless all went well')
    .addHelpText('after', '\nExample: npx bridge bulk show <id> --wait')
    .action((id: string, { wait }: { wait?: boolean }, self: Command) =>
      world.run(self, (session) => show(session, id, wait === true)),
    );
  bulk
    .command('cancel')
    .description('stops an operation; what it did stays done')
    .argument('<id>', 'id of the operation')
    .addHelpText('after', '\nExample: npx bridge bulk cancel <id>')
    .action((id: string, _options: unknown, self: Command) =>
      world.run(self, (session) => cancel(session, id)),
    );
  bulk
    .command('results')
    .description('what became of each job of an operation')
    .argument('<id>', 'id of the operation')
    .option('--limit <n>', 'most results to show', wholeNumber(1, 1_000_000), 200)
    .addHelpText('after', '\nExample: npx bridge bulk results <id> --json')
    .action((id: string, { limit }: { limit: number }, self: Command) =>
      world.run(self, (session) => results(session, id, limit)),
    );
};
