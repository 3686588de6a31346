import type { Command } from 'commander';
import { exitCodes, type ExitCode } from '../exitCodes.ts';
import { isJson, objectsAt, textAt, type Json } from '../json.ts';
import { wholeNumber } from '../options.ts';
import type { Session, World } from '../session.ts';
import { jobLines } from '../show/jobs.ts';
import { oneLine } from '../show/plain.ts';
import { outcomeOf, untilRested, type WaitOptions } from '../waiting.ts';
import { readNotification, sampleNames } from './notification.ts';

/** Where a notification goes and how it is read. */
export interface SourceOptions {
  readonly endpoint?: string;
  readonly new?: boolean;
}

interface SendOptions extends SourceOptions, WaitOptions {}

export const pathAt = (action: 'notify' | 'explain', endpoint: string | undefined): string =>
  endpoint === undefined ? `/${action}` : `/${action}/${encodeURIComponent(endpoint)}`;

/** Options of `send` and `explain`. */
export const addSource = (command: Command): Command =>
  command
    .option('--endpoint <name>', 'service endpoint; without it, where the routes of the endpoints file lead')
    .option('--new', 'make it a new operation: new operation id, present time (samples always are)')
    .option('--no-new', 'send a sample as it stands in its file');

const listSamples = (session: Session): undefined => {
  const samples = sampleNames();
  session.show({ samples }, () => samples);
};

/** The jobs that the answer names; none where a filter did not want the notification. */
const jobsOf = (answer: Json): readonly Json[] =>
  isJson(answer['job']) ? [answer['job']] : objectsAt(answer, 'jobs');

const acceptedLines = (answer: Json): readonly string[] => {
  const jobs = jobsOf(answer).map(
    (job) =>
      `${job['duplicate'] === true ? 'Known already' : 'Accepted'}: ${textAt(job, 'id')}${textAt(job, 'endpoint') === '' ? '' : ` (${textAt(job, 'endpoint')})`}`,
  );
  const refused = objectsAt(answer, 'filteredOut').map(
    (each) => `Filtered out: ${textAt(each, 'endpoint')}: ${textAt(each, 'reason')}`,
  );
  const reason = textAt(answer, 'reason');
  const returned = textAt(answer, 'answer');
  return [
    ...jobs,
    ...refused,
    ...(reason === '' ? [] : [`Filtered out: ${reason}`]),
    ...(returned === '' ? [] : [`The listener returned: ${returned}`]),
  ].map(oneLine);
};

const waitForAll = async (session: Session, answer: Json, timeout: number): Promise<ExitCode> => {
  const jobs = await Promise.all(
    jobsOf(answer).map((job) => untilRested(session, textAt(job, 'id'), 0, timeout)),
  );
  session.show({ ...answer, waited: jobs }, () => jobLines(session, jobs));
  const codes = jobs.map((job) => outcomeOf('send', job));
  return codes.find((code) => code !== exitCodes.done) ?? exitCodes.done;
};

const send = async (session: Session, name: string, options: SendOptions): Promise<ExitCode | undefined> => {
  const notification = await readNotification(session.terminal, name, options.new);
  const { json } = await session.api({
    method: 'POST',
    path: pathAt('notify', options.endpoint),
    ...notification,
  });
  const isWaiting = options.wait === true && jobsOf(json).length > 0;
  if (!isWaiting) session.show(json, () => acceptedLines(json));
  else if (!session.json) for (const line of acceptedLines(json)) session.terminal.note(line);
  return isWaiting ? waitForAll(session, json, options.timeout) : undefined;
};

/** `bridge send` */
export const addSend = (program: Command, world: World): void => {
  addSource(program.command('send'))
    .description('posts a notification as Dataverse does; without an argument, lists the samples')
    .argument('[what]', 'name of a sample, a file, or - for standard input')
    .option('--wait', 'wait for the outcome; exit code 1 unless all was delivered')
    .option('--timeout <seconds>', 'longest wait', wholeNumber(1, 86_400), 60)
    .addHelpText('after', '\nExample: npx bridge send create-account --endpoint queue-json --wait')
    .action((what: string | undefined, options: SendOptions, command: Command) =>
      world.run(command, async (session) =>
        what === undefined ? listSamples(session) : send(session, what, options),
      ),
    );
};
