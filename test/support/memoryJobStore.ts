import type { Backlog } from '../../shared/gate/backlog.ts';
import type { AttentionEntry, GroupNote } from '../../shared/group/groupStore.ts';
import { shardOfJobId, shards, timeOfJobId } from '../../shared/job/jobId.ts';
import {
  attemptsIn,
  isOfAttentionIndex,
  isRetrying,
  statusesIn,
  UnusableToken,
  type JobListQuery,
  type JobPage,
} from '../../shared/job/jobList.ts';
import type { JobStore } from '../../shared/job/jobStore.ts';
import type { SweepWindow } from '../../shared/job/sweepWindow.ts';
import type { StoredJob, SystemJob } from '../../shared/job/systemJob.ts';

interface Entry {
  job: SystemJob;
  version: string;
  readonly body: Uint8Array;
}

const withoutRecords = (job: SystemJob): SystemJob => ({ ...job, attempts: [], actions: [] });

/** Criteria that a column has to equal. */
const equals = (query: JobListQuery, job: SystemJob): boolean =>
  (query.endpoint === undefined || job.endpoint === query.endpoint) &&
  (query.code === undefined || job.code === query.code) &&
  (query.table === undefined || job.primaryEntityName === query.table) &&
  (query.message === undefined || job.messageName === query.message) &&
  (query.record === undefined || job.primaryEntityId === query.record) &&
  (query.correlationId === undefined || job.correlationId === query.correlationId) &&
  (query.operationId === undefined || job.operationId === query.operationId);

const goesOnBefore = ({ status, postponeUntil }: SystemJob, time: Date): boolean =>
  status === 'Waiting' && postponeUntil !== undefined && postponeUntil < time;

const matches = (query: JobListQuery, job: SystemJob): boolean => {
  const time = timeOfJobId(job.id);
  return (
    equals(query, job) &&
    (statusesIn(query)?.includes(job.status) ?? true) &&
    (!isOfAttentionIndex(query) || job.attention) &&
    (query.held === undefined || job.held) &&
    (query.retrying === undefined || isRetrying(job)) &&
    job.attemptCount >= attemptsIn(query) &&
    (query.nextBefore === undefined || goesOnBefore(job, query.nextBefore)) &&
    (query.from === undefined || time >= query.from.getTime()) &&
    (query.to === undefined || time < query.to.getTime())
  );
};

const entryOf = (job: SystemJob): AttentionEntry => ({
  endpoint: job.endpoint,
  status: job.status,
  code: job.code,
  held: job.held,
  attemptCount: job.attemptCount,
  startedOn: job.startedOn,
  modifiedOn: job.modifiedOn,
});

interface WalkToken {
  readonly criteria: string;
  readonly shard: number;
  readonly last: string;
}

/** The job store in memory, for tests of what stands on it; held to the real one by the same suite. */
export const memoryJobStore = (): JobStore => {
  const entries = new Map<string, Entry>();
  const notes = new Map<string, GroupNote>();
  let versions = 0;
  let sweptUntilMs: number | undefined;
  const nextVersion = (): string => `"${(versions += 1)}"`;
  const stored = ({ job, version }: Entry): StoredJob => ({ job, version });
  const where = (test: (job: SystemJob) => boolean): Entry[] =>
    [...entries.values()].filter(({ job }) => test(job)).sort((a, b) => (a.job.id < b.job.id ? -1 : 1));
  return {
    insert: async (job, body) => {
      if (entries.has(job.id)) return 'exists';
      entries.set(job.id, { job, version: nextVersion(), body });
      return 'inserted';
    },
    read: async (id) => {
      const entry = entries.get(id);
      return entry === undefined ? undefined : stored(entry);
    },
    readWithBody: async (id) => {
      const entry = entries.get(id);
      return entry === undefined ? undefined : { ...stored(entry), body: entry.body };
    },
    update: async (before, after) => {
      const entry = entries.get(after.id);
      if (entry?.version !== before.version) return 'changed';
      entry.job = after;
      entry.version = nextVersion();
      return stored(entry);
    },
    remove: async (before) => {
      const entry = entries.get(before.job.id);
      if (entry === undefined) return 'missing';
      if (entry.version !== before.version) return 'changed';
      entries.delete(before.job.id);
      return 'removed';
    },
    list: async (query): Promise<JobPage> => {
      const { after } = query;
      const prefix = `after ${JSON.stringify({ ...query, top: 0, after: '' })}: `;
      if (after?.startsWith(prefix) === false) throw new UnusableToken('no token');
      const found = where((job) => matches(query, job) && (after === undefined || prefix + job.id > after));
      const jobs = found.slice(0, query.top).map(({ job }) => withoutRecords(job));
      const last = jobs.at(-1);
      const page = { jobs, unreadable: [] };
      return found.length > jobs.length && last !== undefined ? { ...page, next: prefix + last.id } : page;
    },
    walk: async (query): Promise<JobPage> => {
      const criteria = JSON.stringify({ ...query, top: 0, after: '' });
      const start: WalkToken = { criteria, shard: 0, last: '' };
      const from = query.after === undefined ? start : (JSON.parse(query.after) as WalkToken);
      if (from.criteria !== criteria) throw new UnusableToken('no token');
      const found = where(
        (job) => shardOfJobId(job.id) === shards[from.shard] && job.id > from.last && matches(query, job),
      );
      const jobs = found.slice(0, query.top).map(({ job }) => withoutRecords(job));
      const isShardsEnd = found.length === jobs.length;
      const next: WalkToken = isShardsEnd
        ? { criteria, shard: from.shard + 1, last: '' }
        : { criteria, shard: from.shard, last: jobs.at(-1)?.id ?? '' };
      const page = { jobs, unreadable: [] };
      return next.shard === shards.length ? page : { ...page, next: JSON.stringify(next) };
    },
    scanAttention: async () => ({
      entries: where(({ attention }) => attention).map(({ job }) => entryOf(job)),
      complete: true,
    }),
    readNotes: async () => [...notes.values()],
    writeNote: async (note) => {
      notes.set(`${note.endpoint} ${note.code}`, note);
    },
    removeNote: async ({ endpoint, code }) => {
      notes.delete(`${endpoint} ${code}`);
    },
    readSweptUntil: async () => sweptUntilMs,
    writeSweptUntil: async (ms) => {
      sweptUntilMs = ms;
    },
    countBacklog: async () => {
      const byEndpoint = new Map<string, Backlog>();
      const onItsWay = ['Waiting', 'WaitingForResources', 'InProgress'];
      for (const { job } of where(({ attention, status }) => attention && onItsWay.includes(status))) {
        const { backlog, held } = byEndpoint.get(job.endpoint) ?? { backlog: 0, held: 0 };
        byEndpoint.set(job.endpoint, { backlog: backlog + 1, held: held + (job.held ? 1 : 0) });
      }
      return { byEndpoint, complete: true };
    },
    listHeld: async (endpoint, most) => {
      const held = where((job) => job.attention && job.held && job.endpoint === endpoint);
      const oldestFirst = held.map(({ job }) => job.id).reverse();
      return { ids: oldestFirst.slice(0, most), complete: true };
    },
    async *listUnstarted({ fromMs, toMs }: SweepWindow, createdBefore) {
      yield* where((job) => {
        const time = timeOfJobId(job.id);
        const waits = job.status === 'WaitingForResources' && !job.attention;
        return waits && job.createdOn < createdBefore && time >= fromMs && time <= toMs;
      }).map(stored);
    },
    async *listOverdue(modifiedBefore, dueBefore) {
      yield* where((job) => {
        if (!job.attention) return false;
        if (job.status === 'Waiting') return job.postponeUntil !== undefined && job.postponeUntil < dueBefore;
        const moving = ['WaitingForResources', 'InProgress', 'Pausing', 'Canceling'].includes(job.status);
        return moving && job.modifiedOn < modifiedBefore;
      }).map(({ job }) => withoutRecords(job));
    },
  };
};
