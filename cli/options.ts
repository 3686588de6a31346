import { InvalidArgumentError, type Command } from 'commander';
import type { Session } from './session.ts';
import { readTime } from './show/times.ts';

/** Which jobs are meant, as the options of a command say it. */
export interface JobFilterOptions {
  readonly status?: string;
  readonly endpoint?: string;
  readonly code?: string;
  readonly table?: string;
  readonly message?: string;
  readonly from?: string;
  readonly to?: string;
  readonly held?: true;
  readonly minAttempts?: number;
  readonly attention?: true;
  readonly retried?: true;
  readonly retrying?: true;
  readonly nextBefore?: string;
  readonly record?: string;
  readonly correlationId?: string;
  readonly operationId?: string;
}

/** Reads a whole number from `least` to `most`, for commander. */
export const wholeNumber =
  (least: number, most: number) =>
  (text: string): number => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
  };

export const addJobFilters = (command: Command): Command =>
  command
    .option('--status <status>', 'Waiting, Suspended, Failed, ...; several with commas')
    .option('--endpoint <name>', 'service endpoint')
    .option('--code <code>', 'code of the last failure, as in docs/errors.md')
    .option('--table <name>', 'logical name of the primary table')
    .option('--message <name>', 'name of the message, like Create')
    .option('--from <time>', 'operations since this time, or a length like 2h')
    .option('--to <time>', 'operations before this time, or a length like 30m')
    .option('--held', 'only jobs held since their endpoint is paused or its breaker open')
    .option('--min-attempts <n>', 'only jobs with at least so many attempts', wholeNumber(1, 100_000))
    .option('--attention', 'only jobs that need attention')
    .option('--retried', 'only jobs with more than one attempt')
    .option('--retrying', 'only jobs waiting, after a failed attempt, for the next one, and not held')
    .option('--next-before <time>', 'only jobs waiting for an attempt before this time, or a length like 10m')
    .option('--record <id>', 'id of the record')
    .option('--correlation-id <id>', 'correlation id of the operation')
    .option('--operation-id <id>', 'operation id: that of the system job in Dataverse');

const timeFrom = (text: string | undefined, direction: -1 | 1, nowMs: number): string | undefined =>
  text === undefined ? undefined : readTime(text, direction, nowMs);

/** Leaves out what is undefined. */
const present = <Value>(members: Readonly<Record<string, Value | undefined>>): Record<string, Value> =>
  Object.fromEntries(
    Object.entries(members).filter((entry): entry is [string, Value] => entry[1] !== undefined),
  );

/** The filter as query of `GET /api/jobs`. */
export const listQuery = (options: JobFilterOptions, { terminal }: Session): Record<string, string> =>
  present({
    status: options.status,
    endpoint: options.endpoint,
    code: options.code,
    table: options.table,
    message: options.message,
    from: timeFrom(options.from, -1, terminal.now()),
    to: timeFrom(options.to, -1, terminal.now()),
    held: options.held === undefined ? undefined : 'true',
    attention: options.attention === undefined ? undefined : 'true',
    retried: options.retried === undefined ? undefined : 'true',
    retrying: options.retrying === undefined ? undefined : 'true',
    minAttempts: options.minAttempts?.toString(),
    nextBefore: timeFrom(options.nextBefore, 1, terminal.now()),
    record: options.record,
    correlationId: options.correlationId,
    operationId: options.operationId,
  });

/** One status as text, several as a list. */
const statusOf = (text: string | undefined): string | readonly string[] | undefined =>
  text?.includes(',') === true ? text.split(',') : text;

/** The filter as member of `POST /api/operations`. */
export const operationFilter = (
  options: JobFilterOptions,
  session: Session,
): Readonly<Record<string, unknown>> => {
  const { held, attention, retried, retrying, minAttempts, status } = options;
  return present<unknown>({
    ...listQuery(options, session),
    status: statusOf(status),
    held,
    attention,
    retried,
    retrying,
    minAttempts,
  });
};
