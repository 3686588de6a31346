import type { ServiceBusReceivedMessage } from '@azure/service-bus';
import Table from 'cli-table3';
import colors from 'picocolors';
import type { Arrival } from '../listeners/arrival.ts';
import type { LocalEndpoint } from '../stack/localEndpoints.ts';
import type { ShownJob } from './bridgeClient.ts';

/** What a person sees; everything goes to standard output. */
export const say = (text = ''): void => console.log(text);

export const heading = (text: string): void => say(`\n${colors.bold(text)}`);

export const step = (text: string): void => say(`  ${colors.dim('...')} ${text}`);

export const done = (text: string): void => say(`  ${colors.green('ok')}  ${text}`);

const statusColors: Readonly<Record<string, (text: string) => string>> = {
  Succeeded: colors.green,
  Failed: colors.red,
  Waiting: colors.yellow,
  Suspended: colors.yellow,
};

const plainBorders = {
  ...Object.fromEntries(
    ['top', 'top-mid', 'top-left', 'top-right', 'bottom', 'bottom-mid', 'bottom-left', 'bottom-right'].map(
      (part) => [part, ''],
    ),
  ),
  ...Object.fromEntries(
    ['left', 'left-mid', 'mid', 'mid-mid', 'right', 'right-mid'].map((part) => [part, '']),
  ),
  middle: '  ',
};

const table = (head: readonly string[], rows: readonly (readonly string[])[]): void => {
  const drawn = new Table({
    head: head.map((title) => colors.dim(title)),
    chars: plainBorders,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  });
  drawn.push(...rows.map((row) => [...row]));
  say(
    drawn
      .toString()
      .split('\n')
      .map((line) => `  ${line.trimEnd()}`)
      .join('\n'),
  );
};

const tookMs = ({ createdOn, completedOn }: ShownJob): string =>
  completedOn === null ? '' : `${Date.parse(completedOn) - Date.parse(createdOn)} ms`;

export const showJobs = (jobs: readonly ShownJob[]): void =>
  table(
    ['System job', 'Status', 'Attempts', 'Took', 'Id (also MessageId)'],
    jobs.map((job) => [
      `${job.messageName} of ${job.primaryEntityType}`,
      (statusColors[job.status] ?? String)(job.status),
      String(job.attemptCount),
      tookMs(job),
      job.id,
    ]),
  );

const claim = (message: ServiceBusReceivedMessage, name: string): string =>
  String(message.applicationProperties?.[`http://schemas.microsoft.com/xrm/2011/Claims/${name}`] ?? '');

export const showMessages = (messages: readonly ServiceBusReceivedMessage[]): void =>
  table(
    ['RequestName', 'EntityLogicalName', 'ContentType', 'Bytes', 'Body begins'],
    messages.map((message) => [
      claim(message, 'RequestName'),
      claim(message, 'EntityLogicalName'),
      message.contentType ?? '',
      String((message.body as Buffer).byteLength),
      `${(message.body as Buffer).toString('utf8').slice(0, 40)}...`,
    ]),
  );

/** The clock time of a planned attempt, and how far off it is. */
export const plannedTimes = (job: ShownJob, now = Date.now()): string =>
  job.plannedAttempts
    .slice(0, 6)
    .map((time) => `${time.slice(11, 19)} (in ${Math.max(0, Math.round((Date.parse(time) - now) / 1000))} s)`)
    .join(', ');

/** What arrived at the listener of an endpoint. */
export interface ShownContract {
  readonly endpoint: LocalEndpoint;
  readonly arrival: Arrival;
  readonly answer: string | null;
}

export const showContractsTable = (shown: readonly ShownContract[]): void =>
  table(
    ['Endpoint', 'Contract', 'ContentType', 'Bytes', 'Listener returned'],
    shown.map(({ endpoint, arrival, answer }) => [
      endpoint.name,
      endpoint.contract,
      arrival.contentType.split(';')[0] ?? '',
      String(arrival.body.byteLength),
      answer === null ? '' : `"${answer.slice(0, 40)}..."`,
    ]),
  );
