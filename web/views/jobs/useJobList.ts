import { useCallback, useEffect, useState } from 'preact/hooks';
import type { JobPage, JobSummary, Problem } from '../../api/shapes.ts';
import { formatFilter, type JobFilter } from '../../model/filter.ts';
import { listOf, withFresh, withJob, withMore, withPoll, type JobList } from '../../model/jobList.ts';
import { usePage } from '../../state/page.ts';
import { usePoll } from '../../state/usePoll.ts';

const pageSize = 50;
/** The API gives no more at once; rows behind are not followed live. */
const mostFollowed = 200;

const pathOf = (query: string, top: number, after?: string): string => {
  const parameters = new URLSearchParams(query);
  parameters.set('top', String(top));
  if (after !== undefined) parameters.set('after', after);
  return `jobs?${parameters.toString()}`;
};

export interface LiveJobs {
  /** Undefined until the first answer. */
  readonly list: JobList | undefined;
  readonly problem: Problem | undefined;
  readonly updatedMs: number | undefined;
  readonly loadingMore: boolean;
  readonly loadMore: () => Promise<void>;
  readonly showFresh: () => void;
  readonly refresh: () => void;
  /** Puts a job that an action answered with in its place. */
  readonly put: (job: JobSummary) => void;
}

interface Kept {
  readonly query: string;
  readonly list: JobList;
}

/** Nobody's pointer is on a row of an empty list, so that may change at once. */
const polled = (before: Kept | undefined, query: string, page: JobPage): Kept =>
  before?.query !== query || before.list.rows.length === 0
    ? { query, list: listOf(page) }
    : { query, list: withPoll(before.list, page) };

/** The jobs of a filter, followed live. */
export const useJobList = (filter: JobFilter): LiveJobs => {
  const { client, live, say } = usePage();
  const query = formatFilter(filter);
  const [kept, setKept] = useState<Kept | undefined>(undefined);
  const [loadingMore, setLoadingMore] = useState(false);
  const list = kept?.query === query ? kept.list : undefined;
  const top = Math.min(mostFollowed, Math.max(pageSize, list?.rows.length ?? 0));
  const poll = usePoll<JobPage>(query, (signal) => client(pathOf(query, top), { signal }), live);
  const { value } = poll;
  useEffect(() => {
    if (value !== undefined) setKept((before) => polled(before, query, value));
  }, [value]);
  const change = useCallback((how: (list: JobList) => JobList): void => {
    setKept((before) => before && { ...before, list: how(before.list) });
  }, []);
  const loadMore = async (): Promise<void> => {
    const next = list?.next ?? null;
    if (next === null || loadingMore) return;
    setLoadingMore(true);
    const result = await client<JobPage>(pathOf(query, pageSize, next));
    setLoadingMore(false);
    if (result.kind === 'failed') {
      say(`More jobs could not be loaded. ${result.problem.title}`);
      return;
    }
    setKept((before) =>
      before?.query === query ? { query, list: withMore(before.list, result.value) } : before,
    );
    say(`${result.value.jobs.length} more jobs loaded.`);
  };
  return {
    list,
    problem: poll.problem,
    updatedMs: poll.updatedMs,
    loadingMore,
    loadMore,
    showFresh: () => change(withFresh),
    refresh: () => {
      change(withFresh);
      poll.refresh();
    },
    put: (job) => change((before) => withJob(before, job)),
  };
};
