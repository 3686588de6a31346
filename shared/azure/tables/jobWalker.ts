import { shards } from '../../job/jobId.ts';
import type { JobListQuery, JobPage } from '../../job/jobList.ts';
import { jobsOfRows } from './jobOfRow.ts';
import { filterOf, requestPage } from './jobQuery.ts';
import { readWalkToken, writeWalkToken, type WalkPosition } from './listToken.ts';
import type { TableAccess } from './tableAccess.ts';

/** Where the walk goes on; undefined behind the last shard. */
const behind = ({ shard }: WalkPosition, continuationToken: string | undefined): WalkPosition | undefined => {
  if (continuationToken !== undefined) return { shard, next: continuationToken };
  const following = shards[shards.indexOf(shard) + 1];
  return following === undefined ? undefined : { shard: following };
};

/** One page of one shard: a single request, however many shards there are. */
export const walkJobs = async (table: TableAccess, query: JobListQuery): Promise<JobPage> => {
  const position = readWalkToken(query);
  const filter = filterOf(position.shard, query, undefined);
  const { rows, continuationToken } = await requestPage(table, filter, query.top, position.next);
  const following = behind(position, continuationToken);
  const page = jobsOfRows(rows);
  return following === undefined ? page : { ...page, next: writeWalkToken(query, following) };
};
