import type { Asked, Attempt, JobDetail } from '../api/jobDetail.ts';

/** One entry of the story of a job, oldest first. */
export type Moment =
  | { readonly kind: 'accepted'; readonly on: string }
  | { readonly kind: 'attempt'; readonly on: string; readonly attempt: Attempt }
  | { readonly kind: 'leftOut'; readonly count: number; readonly on: string }
  | { readonly kind: 'action'; readonly on: string; readonly asked: Asked }
  /** How it stands now, with a job that has not ended. */
  | { readonly kind: 'now'; readonly until: string | null }
  /** An attempt that follows if all before it fail. */
  | { readonly kind: 'planned'; readonly on: string; readonly number: number }
  | { readonly kind: 'end'; readonly on: string };

type Past = Extract<Moment, { on: string }>;

const ended = ['Succeeded', 'Failed', 'Canceled'];

/** Only the first and the latest attempts are kept; between them stands how many are not. */
const attemptMoments = (attempts: readonly Attempt[]): Past[] =>
  attempts.flatMap((attempt, index): Past[] => {
    const missing = attempt.attempt - (attempts[index - 1]?.attempt ?? 0) - 1;
    const on = attempt.startedOn;
    const moment: Past = { kind: 'attempt', on, attempt };
    return missing > 0 ? [{ kind: 'leftOut', count: missing, on }, moment] : [moment];
  });

const byTime = (a: Past, b: Past): number => a.on.localeCompare(b.on);

const past = (job: JobDetail): Past[] => {
  const actions = job.asked.map((asked): Past => ({ kind: 'action', on: asked.on, asked }));
  const between = [...attemptMoments(job.attempts), ...actions].sort(byTime);
  return [{ kind: 'accepted', on: job.createdOn }, ...between];
};

/** A retry of a job that had ended comes after its end; only the last end is known, and stands where its time is. */
const withEnd = (job: JobDetail, before: readonly Past[]): Moment[] => {
  const end = { kind: 'end', on: job.completedOn ?? job.modifiedOn } as const;
  const later = before.filter(({ kind, on }) => kind === 'action' && on > end.on);
  return [...before.filter((moment) => !later.includes(moment)), end, ...later];
};

/** The story of a job: what happened, how it stands, what is planned. */
export const timelineOf = (job: JobDetail): Moment[] => {
  if (ended.includes(job.status)) return withEnd(job, past(job));
  const planned = job.plannedAttempts.map((on, index): Moment => ({
    kind: 'planned',
    on,
    number: job.attemptCount + index + 1,
  }));
  return [...past(job), { kind: 'now', until: job.postponeUntil }, ...planned];
};
