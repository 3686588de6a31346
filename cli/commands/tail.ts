import { CliError } from '../cliError.ts';
import { exitCodes } from '../exitCodes.ts';
import { jsonText, objectsAt, textAt, type Json } from '../json.ts';
import { listQuery, type JobFilterOptions } from '../options.ts';
import type { Session } from '../session.ts';
import { tailLine } from '../show/jobs.ts';
import { readJob } from '../waiting.ts';
import { byChange } from './jobPages.ts';

export interface TailOptions extends JobFilterOptions {
  readonly interval: number;
  readonly lines: number;
}

/** What was printed of each job: its version. A job that still moves is followed even when it leaves the lists. */
interface Seen {
  readonly versions: Map<string, string>;
  readonly moving: Set<string>;
}

const restingFor = ['Succeeded', 'Failed', 'Canceled', 'Suspended'];

/** Jobs remembered; more would only be old ones. */
const mostRemembered = 10_000;

/** Jobs looked at one by one in a round. */
const mostFollowed = 20;

const versionOf = (job: Json): string =>
  `${textAt(job, 'modifiedOn')} ${textAt(job, 'status')} ${textAt(job, 'attemptCount')}`;

const remember = ({ versions, moving }: Seen, job: Json): void => {
  const id = textAt(job, 'id');
  versions.delete(id);
  versions.set(id, versionOf(job));
  if (restingFor.includes(textAt(job, 'status'))) moving.delete(id);
  else moving.add(id);
  const [oldest] = versions.keys();
  if (versions.size > mostRemembered && oldest !== undefined) {
    versions.delete(oldest);
    moving.delete(oldest);
  }
};

const readPage = async (
  { api }: Session,
  query: Readonly<Record<string, string>>,
): Promise<readonly Json[]> =>
  objectsAt((await api({ method: 'GET', path: '/jobs', query: { ...query, top: '200' } })).json, 'jobs');

/** Jobs that moved when last seen and are on no list any more; one that was deleted is forgotten. */
const readFollowed = async (
  session: Session,
  seen: Seen,
  listed: ReadonlySet<string>,
): Promise<readonly Json[]> => {
  const missing = [...seen.moving].filter((id) => !listed.has(id)).slice(-mostFollowed);
  const found = await Promise.all(
    missing.map((id) =>
      readJob(session, id).catch((error: unknown) => {
        if (!(error instanceof CliError) || error.exitCode !== exitCodes.refused) throw error;
        seen.moving.delete(id);
        return undefined;
      }),
    ),
  );
  return found.filter((job) => job !== undefined);
};

/** The newest jobs, those that need attention, and those that moved when last seen; each once. */
const look = async (
  session: Session,
  query: Readonly<Record<string, string>>,
  seen: Seen,
): Promise<readonly Json[]> => {
  const pages = [
    await readPage(session, query),
    ...(query['attention'] === undefined ? [await readPage(session, { ...query, attention: 'true' })] : []),
  ];
  const listed = new Map(pages.flat().map((job) => [textAt(job, 'id'), job]));
  const followed = await readFollowed(session, seen, new Set(listed.keys()));
  return [...listed.values(), ...followed].sort(byChange);
};

const print = (session: Session, jobs: readonly Json[]): void => {
  for (const job of jobs) session.terminal.write(session.json ? jsonText(job, 0) : tailLine(session, job));
};

/** A round that failed for a reason that may pass is told and repeated. */
const lookAgain = async (
  session: Session,
  query: Readonly<Record<string, string>>,
  seen: Seen,
): Promise<readonly Json[]> => {
  try {
    return await look(session, query, seen);
  } catch (error) {
    if (!(error instanceof CliError) || error.exitCode !== exitCodes.unreachable) throw error;
    session.terminal.note(`${error.message} Trying again ...`);
    return [];
  }
};

/** Prints jobs as they come and change, oldest change first, until Ctrl-C. */
export const tailJobs = async (session: Session, options: TailOptions): Promise<void> => {
  const { terminal } = session;
  const interrupted = terminal.takeInterrupts();
  const query = listQuery(options, session);
  const seen: Seen = { versions: new Map(), moving: new Set() };
  const first = await look(session, query, seen);
  for (const job of first) remember(seen, job);
  print(session, options.lines === 0 ? [] : first.slice(-options.lines));
  for (;;) {
    await terminal.wait(options.interval * 1000, interrupted);
    if (interrupted.aborted) return;
    const found = await lookAgain(session, query, seen);
    const changed = found.filter((job) => seen.versions.get(textAt(job, 'id')) !== versionOf(job));
    for (const job of changed) remember(seen, job);
    print(session, changed);
  }
};
