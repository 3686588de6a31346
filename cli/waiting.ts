import { CliError } from './cliError.ts';
import { exitCodes, type ExitCode } from './exitCodes.ts';
import { numberAt, textAt, type Json } from './json.ts';
import type { Session } from './session.ts';

export interface WaitOptions {
  readonly wait?: true;
  readonly timeout: number;
}

/** Statuses in which nothing runs. */
const resting = ['Succeeded', 'Failed', 'Canceled', 'Suspended'];

/** What each action is there for; of those that are not here, any rest will do. */
const aims: Readonly<Record<string, readonly string[]>> = {
  send: ['Succeeded'],
  retry: ['Succeeded'],
  resume: ['Succeeded'],
  cancel: ['Canceled'],
  pause: ['Suspended'],
};

export const readJob = async ({ api }: Session, id: string): Promise<Json> =>
  (await api({ method: 'GET', path: `/jobs/${encodeURIComponent(id)}` })).json;

/** Whether the job stands and waits for its next attempt: held, or after one more failure. */
const hasFailedAgain = (job: Json, attemptsBefore: number): boolean =>
  textAt(job, 'status') === 'Waiting' &&
  (job['held'] === true || numberAt(job, 'attemptCount') > attemptsBefore);

const nextPauseMs = (pauseMs: number): number => Math.min(2000, pauseMs * 1.5);

/**
 * The job once it rests or waits for another attempt.
 *
 * @throws CliError when it does neither in time.
 */
export const untilRested = async (
  session: Session,
  id: string,
  attemptsBefore: number,
  timeoutSeconds: number,
): Promise<Json> => {
  const { terminal } = session;
  const endsMs = terminal.now() + timeoutSeconds * 1000;
  for (let pauseMs = 100; ; pauseMs = nextPauseMs(pauseMs)) {
    const job = await readJob(session, id);
    if (resting.includes(textAt(job, 'status')) || hasFailedAgain(job, attemptsBefore)) return job;
    if (terminal.now() > endsMs) {
      throw new CliError(
        `Job ${id} is still ${textAt(job, 'status')} after ${timeoutSeconds} s; see "bridge jobs show ${id}".`,
        exitCodes.refused,
      );
    }
    await terminal.wait(pauseMs);
  }
};

/** Whether what was asked for has come about. */
export const outcomeOf = (action: string, job: Json): ExitCode => {
  const status = textAt(job, 'status');
  const wanted = aims[action] ?? [...resting, 'Waiting'];
  return wanted.includes(status) ? exitCodes.done : exitCodes.refused;
};
