import type { JobPage, JobSummary } from '../api/shapes.ts';

/** A row of the list. A job that no longer matches the filter stays where it is until the person asks for the new list. */
export interface Row {
  readonly job: JobSummary;
  readonly left: boolean;
}

/** What is shown, newest first, and what came since and is only announced. */
export interface JobList {
  readonly rows: readonly Row[];
  readonly fresh: readonly JobSummary[];
  readonly unreadable: readonly string[];
  /** Token of the next page; null on the last. */
  readonly next: string | null;
}

const rowOf = (job: JobSummary): Row => ({ job, left: false });

/** Ids sort newest first. */
const byId = (left: Row, right: Row): number =>
  left.job.id < right.job.id ? -1 : left.job.id > right.job.id ? 1 : 0;

/** The list anew. */
export const listOf = ({ jobs, unreadable, next }: JobPage): JobList => ({
  rows: jobs.map(rowOf),
  fresh: [],
  unreadable,
  next,
});

/** The next page, behind what is shown. */
export const withMore = (list: JobList, { jobs, unreadable, next }: JobPage): JobList => {
  const known = new Set(list.rows.map(({ job }) => job.id));
  return {
    ...list,
    rows: [...list.rows, ...jobs.filter(({ id }) => !known.has(id)).map(rowOf)],
    unreadable: [...new Set([...list.unreadable, ...unreadable])],
    next,
  };
};

/** Whether a page would have the job if it still matched: it is not behind the page's end. */
const reaches = ({ jobs, next }: JobPage, id: string): boolean =>
  next === null || id <= (jobs.at(-1)?.id ?? '');

/**
 * The first page, asked again: rows change in place, none moves; what is new is only announced. A row that the page
 * should have and has not no longer matches.
 */
export const withPoll = (list: JobList, page: JobPage): JobList => {
  const now = new Map(page.jobs.map((job) => [job.id, job]));
  const rows = list.rows.map(({ job, left }) => {
    const current = now.get(job.id);
    now.delete(job.id);
    if (current !== undefined) return rowOf(current);
    return { job, left: left || reaches(page, job.id) };
  });
  const lastShown = list.next === null ? undefined : list.rows.at(-1)?.job.id;
  const fresh = [...now.values()].filter(({ id }) => lastShown === undefined || id < lastShown);
  return { ...list, rows, fresh, unreadable: page.unreadable };
};

/** Takes in what was announced, and lets go of what no longer matches. */
export const withFresh = (list: JobList): JobList => ({
  ...list,
  rows: [...list.rows.filter(({ left }) => !left), ...list.fresh.map(rowOf)].sort(byId),
  fresh: [],
});

/** One job as it is now, where it stands. */
export const withJob = (list: JobList, job: JobSummary): JobList => ({
  ...list,
  rows: list.rows.map((row) => (row.job.id === job.id ? { ...row, job } : row)),
});
