import type { Command } from 'commander';
import { usageError } from '../cliError.ts';
import { confirm } from '../confirm.ts';
import { exitCodes, type ExitCode } from '../exitCodes.ts';
import { numberAt, objectAt, textAt, type Json } from '../json.ts';
import { addJobFilters, operationFilter, wholeNumber, type JobFilterOptions } from '../options.ts';
import type { Session, World } from '../session.ts';
import { operationDetailLines } from '../show/operations.ts';
import { readTime } from '../show/times.ts';
import { noteHoldingBack } from './holdingBack.ts';
import { hasEnded, operationOutcome, watchOperation } from './watchOperation.ts';

interface StartOptions extends JobFilterOptions {
  readonly reason: string;
  readonly idsFrom?: string;
  readonly until?: string;
  readonly rate?: number;
  readonly canary?: string | true;
  readonly failureLimit: number;
  readonly cutOff?: string;
  readonly yes?: boolean;
  readonly wait: boolean;
  readonly dryRun?: boolean;
}

const actions = ['retry', 'cancel', 'resume', 'pause', 'postpone', 'delete'];

const readSteps = (text: string): number[] => {
  const steps = text.split(',').map(Number);
  if (steps.every((step) => Number.isInteger(step) && step > 0)) return steps;
  throw usageError(`--canary is "${text}"; it must be sizes of steps like 1,10,100.`);
};

const readIds = async ({ terminal }: Session, file: string): Promise<string[]> => {
  const bytes = await (file === '-' ? terminal.readInput() : terminal.readFile(file)).catch(
    (error: unknown) => {
      throw usageError(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}.`);
    },
  );
  return bytes.toString('utf8').split(/\s+/).filter(Boolean);
};

const filterOf = async (session: Session, options: StartOptions): Promise<Json> => {
  const ids = options.idsFrom === undefined ? {} : { ids: await readIds(session, options.idsFrom) };
  const filter = { ...operationFilter(options, session), ...ids };
  if (Object.keys(filter).length > 0) return filter;
  throw usageError(
    'Say which jobs with a filter like --endpoint or --code; for all that need attention, --attention.',
  );
};

const canaryOf = ({ canary, failureLimit }: StartOptions): Json => {
  if (canary === undefined) return {};
  const steps = canary === true ? [1, 10, 100] : readSteps(canary);
  return { canary: { steps, failureLimitPercent: failureLimit } };
};

const requestOf = async (session: Session, action: string, options: StartOptions): Promise<Json> => {
  const nowMs = session.terminal.now();
  const { reason, rate, until, cutOff } = options;
  return {
    action,
    filter: await filterOf(session, options),
    reason,
    ...(rate === undefined ? {} : { ratePerMinute: rate }),
    ...(until === undefined ? {} : { until: readTime(until, 1, nowMs) }),
    ...(cutOff === undefined ? {} : { cutOff: readTime(cutOff, -1, nowMs) }),
    ...canaryOf(options),
  };
};

const countText = (counted: Json): string =>
  `${counted['complete'] === false ? 'at least ' : ''}${numberAt(counted, 'count')} jobs`;

const begin = async (session: Session, request: Json, isWaiting: boolean): Promise<ExitCode> => {
  const { json: started } = await session.api({ method: 'POST', path: '/operations', body: request });
  const { terminal } = session;
  if (isWaiting) terminal.note(`Operation ${textAt(started, 'id')} runs; Ctrl-C leaves it running.`);
  const operation = isWaiting ? await watchOperation(session, started) : started;
  session.show(operation, () => operationDetailLines(session, operation));
  if (!isWaiting) return exitCodes.done;
  if (!hasEnded(operation, terminal.now()))
    terminal.note(`It goes on; see "bridge bulk show ${textAt(operation, 'id')}".`);
  return operationOutcome(operation);
};

/** Counts first and asks; then the operation acts on what was counted, not on what came since. */
const start = async (session: Session, action: string, options: StartOptions): Promise<ExitCode> => {
  if (!actions.includes(action))
    throw usageError(`"${action}" is no action; there are ${actions.join(', ')}.`);
  const request = await requestOf(session, action, options);
  const { json: counted } = await session.api({
    method: 'POST',
    path: '/operations',
    body: { ...request, dryRun: true },
  });
  const isEmpty = numberAt(counted, 'count') === 0 && counted['complete'] !== false;
  if (options.dryRun === true || isEmpty) {
    session.show(counted, () => [`${countText(counted)} match${isEmpty ? '; nothing to do' : ''}.`]);
    return exitCodes.done;
  }
  await noteHoldingBack(session, action, objectAt(request, 'filter'));
  const question = `${action} ${countText(counted)} as of ${textAt(counted, 'cutOff')}?`;
  if (!(await confirm(session, question, options.yes))) return exitCodes.refused;
  return begin(session, { ...request, cutOff: textAt(counted, 'cutOff') }, options.wait);
};

/** `bridge bulk start` */
export const addBulkStart = (bulk: Command, world: World): void => {
  addJobFilters(bulk.command('start'))
    .description(
      'acts on all jobs of a filter: counts, asks, then shows the progress; exit code 1 unless all went well',
    )
    .argument('<action>', actions.join(', '))
    .requiredOption('--reason <text>', 'why; kept with the operation and each job')
    .option('--ids-from <file>', 'file with ids of jobs, at most 1000; - for standard input')
    .option('--until <time>', 'of postpone: time, or a length like 2h from now')
    .option('--rate <n>', 'jobs a minute, 600 when absent', wholeNumber(1, 6000))
    .option(
      '--canary [steps]',
      'of retry and resume: begin with few jobs (1,10,100), stop when too many of a step fail again',
    )
    .option(
      '--failure-limit <percent>',
      'of canary: the share of a step that may fail',
      wholeNumber(0, 99),
      10,
    )
    .option('--cut-off <time>', 'only jobs of before this time; now when absent')
    .option('--dry-run', 'only count')
    .option('-y, --yes', 'do not ask')
    .option('--no-wait', 'start it and leave it')
    .addHelpText(
      'after',
      '\nExample: npx bridge bulk start retry --endpoint orders --code Unauthorized --canary --reason "key rotated"',
    )
    .action((action: string, options: StartOptions, self: Command) =>
      world.run(self, (session) => start(session, action, options)),
    );
};
