import type { Command } from 'commander';
import { confirm } from '../confirm.ts';
import { endWith, type Session, type World } from '../session.ts';
import { exitCodes, type ExitCode } from '../exitCodes.ts';
import { numberAt, type Json } from '../json.ts';
import { wholeNumber } from '../options.ts';
import { jobLines } from '../show/jobs.ts';
import { oneLine } from '../show/plain.ts';
import { readTime } from '../show/times.ts';
import { outcomeOf, untilRested, type WaitOptions } from '../waiting.ts';

interface ActionOptions extends WaitOptions {
  readonly reason?: string;
  readonly until?: string;
  readonly ifMatch?: string;
}

interface Done {
  readonly id: string;
  /** The job after the action; null when it was refused. */
  readonly job: Json | null;
  readonly exitCode: ExitCode;
}

const bodyOf = ({ terminal }: Session, { reason, until }: ActionOptions): Json => ({
  ...(reason === undefined ? {} : { reason }),
  ...(until === undefined ? {} : { until: readTime(until, 1, terminal.now()) }),
});

const act = async (session: Session, action: string, id: string, options: ActionOptions): Promise<Done> => {
  const { json: job } = await session.api({
    method: 'POST',
    path: `/jobs/${encodeURIComponent(id)}/${action}`,
    body: bodyOf(session, options),
    headers: options.ifMatch === undefined ? {} : { 'if-match': options.ifMatch },
  });
  if (options.wait === undefined) return { id, job, exitCode: exitCodes.done };
  const rested = await untilRested(session, id, numberAt(job, 'attemptCount'), options.timeout);
  return { id, job: rested, exitCode: outcomeOf(action, rested) };
};

/** One job after the other; a refusal of one does not stop the others. */
const actOnAll = async (
  session: Session,
  ids: readonly string[],
  one: (id: string) => Promise<Done>,
): Promise<ExitCode> => {
  const done: Done[] = [];
  for (const id of ids) {
    done.push(
      await one(id).catch((error: unknown) => ({
        id,
        job: null,
        exitCode: endWith(session.terminal, error),
      })),
    );
  }
  const jobs = done.map(({ job }) => job).filter((job) => job !== null);
  session.show({ results: done }, () => (jobs.length === 0 ? [] : jobLines(session, jobs)));
  return done.find(({ exitCode }) => exitCode !== exitCodes.done)?.exitCode ?? exitCodes.done;
};

const remove = async (
  session: Session,
  ids: readonly string[],
  yes: boolean | undefined,
): Promise<ExitCode> => {
  const what = ids.length === 1 ? 'this job, its body and its attempts' : `${ids.length} jobs`;
  if (!(await confirm(session, `Delete ${what} for good?`, yes))) return exitCodes.refused;
  return actOnAll(session, ids, async (id) => {
    await session.api({ method: 'DELETE', path: `/jobs/${encodeURIComponent(id)}` });
    if (!session.json) session.terminal.write(`Deleted ${oneLine(id)}.`);
    return { id, job: null, exitCode: exitCodes.done };
  });
};

const descriptions = {
  retry: 'tries again now: jobs that failed, were canceled or wait',
  cancel: 'gives up: nothing is sent any more',
  pause: 'suspends jobs that are on their way',
  resume: 'lets suspended or waiting jobs go on now',
  postpone: 'has jobs wait until a time',
} as const;

/** `bridge jobs retry|cancel|pause|resume|postpone|delete` */
export const addActions = (jobs: Command, world: World): void => {
  for (const [action, description] of Object.entries(descriptions)) {
    const command = jobs.command(action).description(description).argument('<id...>', 'ids of jobs');
    if (action === 'postpone') {
      command.requiredOption('--until <time>', 'time, or a length like 2h from now');
    }
    const until = action === 'postpone' ? ' --until 2h' : '';
    command
      .option('--reason <text>', 'why; kept with the job')
      .option('--wait', 'wait for the outcome; exit code 1 when it is not the one asked for')
      .option('--timeout <seconds>', 'longest wait', wholeNumber(1, 86_400), 60)
      .option('--if-match <etag>', 'only if the job still has this version')
      .addHelpText(
        'after',
        `\nExample: npx bridge jobs ${action} zd3dzb4qf-00e366c7ed49baa9624a7721aaf117e2${until} --reason "queue mended"`,
      )
      .action((ids: string[], options: ActionOptions, self: Command) =>
        world.run(self, (session) => actOnAll(session, ids, (id) => act(session, action, id, options))),
      );
  }
  jobs
    .command('delete')
    .description('removes jobs for good, whatever their status')
    .argument('<id...>', 'ids of jobs')
    .option('-y, --yes', 'do not ask')
    .addHelpText(
      'after',
      '\nExample: npx bridge jobs delete zd3dzb4qf-00e366c7ed49baa9624a7721aaf117e2 --yes',
    )
    .action((ids: string[], { yes }: { yes?: boolean }, self: Command) =>
      world.run(self, (session) => remove(session, ids, yes)),
    );
};
