import type { Accepted, Acceptance } from '../job/acceptNotification.ts';
import type { SystemJob } from '../job/systemJob.ts';
import type { Refusal } from '../notification/refusal.ts';
import { jsonAnswer, type Answer } from './problem.ts';

/** Path of a job in the API. */
const jobPath = (jobId: string): string => `/api/jobs/${jobId}`;

const jobOf = ({ jobId, duplicate }: Accepted) => ({ id: jobId, duplicate, href: jobPath(jobId) });

/** Where the job stands after a wait, and what its listener returned. */
const endOf = ({ status, friendlyMessage, answer }: SystemJob) => ({
  status,
  friendlyMessage,
  answer: answer ?? null,
});

/**
 * The answer to a notification. Dataverse reads the status only; the body is for people who test, and for callers who
 * waited: 200 when the job is done, 202 when it is on its way or stands on the page with its reason.
 *
 * @param waited the job as it stood at the end of the caller's wait.
 */
export const acceptanceAnswer = (
  acceptance: Exclude<Acceptance, Refusal>,
  waited: SystemJob | undefined,
): Answer => {
  if (acceptance.kind === 'filteredOut') return jsonAnswer(202, { job: null, reason: acceptance.reason });
  const job = jobOf(acceptance);
  const location = { location: job.href };
  if (waited === undefined) return jsonAnswer(202, { job }, location);
  const { answer, ...end } = endOf(waited);
  return jsonAnswer(waited.status === 'Succeeded' ? 200 : 202, { job: { ...job, ...end }, answer }, location);
};

/** One endpoint's part in a notification that was posted to all routes. */
export interface RoutedAcceptance {
  readonly endpoint: string;
  readonly acceptance: Exclude<Acceptance, Refusal>;
}

/** The answer to a notification that went to several endpoints, or to none. */
export const routedAnswer = (routed: readonly RoutedAcceptance[]): Answer =>
  jsonAnswer(202, {
    jobs: routed.flatMap(({ endpoint, acceptance }) =>
      acceptance.kind === 'accepted' ? [{ endpoint, ...jobOf(acceptance) }] : [],
    ),
    filteredOut: routed.flatMap(({ endpoint, acceptance }) =>
      acceptance.kind === 'filteredOut' ? [{ endpoint, reason: acceptance.reason }] : [],
    ),
  });
