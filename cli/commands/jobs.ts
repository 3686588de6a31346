import type { Command } from 'commander';
import { exitCodes } from '../exitCodes.ts';
import { addJobFilters, listQuery, wholeNumber, type JobFilterOptions } from '../options.ts';
import type { Session, World } from '../session.ts';
import { jobDetailLines, jobLines } from '../show/jobs.ts';
import { readJob } from '../waiting.ts';
import { addActions } from './jobActions.ts';
import { addEvidence } from './jobEvidence.ts';
import { readJobPages } from './jobPages.ts';
import { tailJobs, type TailOptions } from './tail.ts';

interface ListOptions extends JobFilterOptions {
  readonly limit: number;
  readonly after?: string;
}

const list = async (session: Session, options: ListOptions): Promise<undefined> => {
  const after = options.after === undefined ? {} : { after: options.after };
  const pages = await readJobPages(session, { ...listQuery(options, session), ...after }, options.limit);
  session.show(pages, () => jobLines(session, pages.jobs));
  const { terminal } = session;
  if (pages.unreadable.length > 0) {
    terminal.note(`${pages.unreadable.length} jobs cannot be read: ${pages.unreadable.join(', ')}.`);
  }
  if (pages.next !== null && !session.json) terminal.note('There are more; use --limit, or a filter.');
};

const show = async (session: Session, id: string): Promise<undefined> => {
  const job = await readJob(session, id);
  session.show(job, () => jobDetailLines(session, job));
};

/** `bridge jobs ...` */
export const addJobs = (program: Command, world: World): void => {
  const jobs = program.command('jobs').description('system jobs: look at them and steer them');
  jobs.addHelpText('after', '\nExample: npx bridge jobs list --attention');
  addJobFilters(jobs.command('list'))
    .description('jobs, newest first')
    .option('--limit <n>', 'most jobs to show', wholeNumber(1, 1_000_000), 50)
    .option('--after <token>', '"next" of the list before (--json)')
    .addHelpText('after', '\nExample: npx bridge jobs list --status Failed --endpoint orders --from 2h')
    .action((options: ListOptions, command: Command) =>
      world.run(command, (session) => list(session, options)),
    );
  jobs
    .command('show')
    .description('everything about one job: attempts, plan, what people asked')
    .argument('<id>', 'id of the job')
    .addHelpText('after', '\nExample: npx bridge jobs show zd3dzb4qf-00e366c7ed49baa9624a7721aaf117e2')
    .action((id: string, _options: unknown, command: Command) =>
      world.run(command, (session) => show(session, id)),
    );
  addJobFilters(jobs.command('tail'))
    .description('prints new and changed jobs until Ctrl-C')
    .option('--interval <seconds>', 'how often to look', wholeNumber(1, 3600), 2)
    .option('--lines <n>', 'jobs to begin with', wholeNumber(0, 200), 10)
    .addHelpText('after', '\nExample: npx bridge jobs tail --endpoint orders')
    .action((options: TailOptions, command: Command) =>
      world.run(command, async (session) => {
        await tailJobs(session, options);
        return exitCodes.done;
      }),
    );
  addActions(jobs, world);
  addEvidence(jobs, world);
};
