import type { JobDetail } from '../../api/jobDetail.ts';
import { usePage } from '../../state/page.ts';
import { usePoll, type Poll } from '../../state/usePoll.ts';

export const pathOfJob = (id: string): string => `jobs/${encodeURIComponent(id)}`;

/** A job as it is, kept up to date. */
export const useJob = (id: string): Poll<JobDetail> => {
  const { client, live } = usePage();
  const path = pathOfJob(id);
  return usePoll<JobDetail>(path, (signal) => client(path, { signal }), live);
};
