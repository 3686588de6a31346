import type { ServiceEndpoint } from '../endpoint/serviceEndpoint.ts';
import { deliveredIn, firstHour } from '../gate/statistics.ts';
import type { StatisticsStore } from '../gate/statisticsKeeper.ts';
import { attentionStatuses, isRetrying } from '../job/jobList.ts';
import type { JobStatus } from '../job/jobStatus.ts';
import type { ReportUnreadable } from '../job/unreadableJob.ts';
import type { EndpointStore } from '../gate/endpointStore.ts';
import { endpointsNotRunning, type EndpointNotRunning } from './endpointsNotRunning.ts';
import { failureGroups, type FailureGroup } from './failureGroups.ts';
import type { AttentionEntry, GroupStore } from './groupStore.ts';

/** Statuses that a job of the attention index can have, in the order of a job's life. */
export const countedStatuses = ['WaitingForResources', ...attentionStatuses] as const;

/** How things stand: what a person on call sees first. */
export interface Summary {
  readonly countedOn: Date;
  /** False when there are more jobs in the attention index than were counted. */
  readonly complete: boolean;
  /** Jobs of the attention index by status; `WaitingForResources` has those alone that do not get started. */
  readonly statuses: Readonly<Partial<Record<JobStatus, number>>>;
  /** Waiting jobs that are not attempted because their endpoint is paused or open. */
  readonly held: number;
  /** Waiting jobs, not held, that have made an attempt. */
  readonly retrying: number;
  /** Messages delivered, exact to five minutes; what an instance counted in the last moments may be missing. */
  readonly delivered: { readonly lastHour: number; readonly lastDay: number };
  readonly groups: readonly FailureGroup[];
  /** Those of the endpoints file that do not simply run. */
  readonly endpoints: readonly EndpointNotRunning[];
}

const statusCounts = (entries: readonly AttentionEntry[]): Summary['statuses'] => {
  const counts = new Map<JobStatus, number>(countedStatuses.map((status) => [status, 0]));
  for (const { status } of entries) counts.set(status, (counts.get(status) ?? 0) + 1);
  return Object.fromEntries(counts);
};

export interface SummaryDependencies {
  readonly store: Pick<GroupStore, 'scanAttention' | 'readNotes'>;
  /** What endpoints did, by hour. */
  readonly statistics: Pick<StatisticsStore, 'listHours'>;
  readonly endpointStore: Pick<EndpointStore, 'listStates'>;
  /** Of the endpoints file. */
  readonly endpoints: readonly Pick<ServiceEndpoint, 'name'>[];
  readonly now: () => Date;
  readonly unreadable: ReportUnreadable;
}

const dayHours = 24;

/** Reads the attention index, the notes, the statistics of a day and the states of endpoints, and counts. */
export const summarize = async ({
  store,
  statistics,
  endpointStore,
  endpoints,
  now,
  unreadable,
}: SummaryDependencies): Promise<Summary> => {
  const [{ entries, complete }, notes, hours, states] = await Promise.all([
    store.scanAttention(unreadable),
    store.readNotes(),
    // One more than there are in a day: the first one is cut.
    statistics.listHours(firstHour(now(), dayHours + 1)),
    endpointStore.listStates(),
  ]);
  const countedOn = now();
  return {
    countedOn,
    complete,
    statuses: statusCounts(entries),
    held: entries.filter(({ held }) => held).length,
    retrying: entries.filter(isRetrying).length,
    delivered: {
      lastHour: deliveredIn(hours, 1, countedOn),
      lastDay: deliveredIn(hours, dayHours, countedOn),
    },
    groups: failureGroups(entries, notes, countedOn),
    endpoints: endpointsNotRunning(
      endpoints.map(({ name }) => name),
      states,
      entries,
    ),
  };
};
