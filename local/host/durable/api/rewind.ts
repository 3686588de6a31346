import type { HubRecord } from '../../store/records.ts';
import { historyOf, type Instance } from '../../store/state.ts';
import type { GenericEvent, HistoryEvent } from '../history/events.ts';
import { json, plain, type ApiAnswer, type ApiRequest } from './answer.ts';
import type { ApiDeps } from './deps.ts';
import { fromMs } from '../time.ts';

const erased = (event: HistoryEvent): GenericEvent => {
  const number = 'id' in event ? event.id : undefined;
  const id = number === undefined ? {} : { id: number };
  const played = event.played === true ? { played: true as const } : {};
  return { type: 'GenericEvent', at: event.at, data: null, ...id, ...played };
};

const failedTaskIds = (history: readonly HistoryEvent[]): Set<number> =>
  new Set(history.flatMap((event) => (event.type === 'TaskFailed' ? [event.taskId] : [])));

/** Failures, and the calls that failed, become events that a replay passes over. */
const withoutFailures = (history: readonly HistoryEvent[]): HistoryEvent[] => {
  const failedIds = failedTaskIds(history);
  return history.map((event) => {
    const isFailure =
      event.type === 'TaskFailed' ||
      event.type === 'SubOrchestrationInstanceFailed' ||
      (event.type === 'ExecutionCompleted' && event.status === 'Failed') ||
      (event.type === 'TaskScheduled' && failedIds.has(event.id));
    return isFailure ? erased(event) : event;
  });
};

const failedChildren = (history: readonly HistoryEvent[]): string[] => {
  const failedIds = new Set(
    history.flatMap((event) => (event.type === 'SubOrchestrationInstanceFailed' ? [event.taskId] : [])),
  );
  return history.flatMap((event) =>
    event.type === 'SubOrchestrationInstanceCreated' && failedIds.has(event.id) ? [event.instanceId] : [],
  );
};

/** The records that undo an instance's failures, and those of its failed children first. */
const rewindRecords = (deps: ApiDeps, instance: Instance, reason: string | null, at: string): HubRecord[] => {
  const history = historyOf(instance);
  const children = failedChildren(history).flatMap((id) => deps.store.state.instances.get(id) ?? []);
  const own: HubRecord = { k: 'rewind', id: instance.id, history: withoutFailures(history), at };
  if (children.length === 0) return [{ ...own, event: { type: 'GenericEvent', at, data: reason } }];
  return [own, ...children.flatMap((child) => rewindRecords(deps, child, reason, at))];
};

/**
 * POST instances/{id}/rewind: brings a failed instance back to the point before its failures. Source:
 * DurableTask.AzureStorage `AzureTableTrackingStore.RewindHistoryAsync`.
 */
export const rewind = async (deps: ApiDeps, { query }: ApiRequest, id: string): Promise<ApiAnswer> => {
  const instance = deps.store.state.instances.get(id);
  if (instance === undefined) return json(404, `No orchestration with instance ID "$${id}" found.`);
  if (instance.status !== 'Failed') {
    return json(
      412,
      `This orchestration has status ${instance.status}, but only orchestrations in the "Failed" state can be rewound.`,
    );
  }
  const at = fromMs(deps.clock.now());
  for (const record of rewindRecords(deps, instance, query.get('reason'), at))
    await deps.engine.commit(record);
  return plain(202);
};
