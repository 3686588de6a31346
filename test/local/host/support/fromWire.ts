import type { HistoryEvent, ParentInstance } from '../../../../local/host/durable/history/events.ts';
import type { WireEvent } from './recordings.ts';

interface WireInstance {
  readonly InstanceId: string;
  readonly ExecutionId: string;
}

interface WireParent {
  readonly Name: string;
  readonly OrchestrationInstance: WireInstance;
  readonly TaskScheduleId: number;
}

const parentOf = (value: WireParent | null): { parent: ParentInstance } | object =>
  value === null
    ? {}
    : {
        parent: {
          name: value.Name,
          instanceId: value.OrchestrationInstance.InstanceId,
          executionId: value.OrchestrationInstance.ExecutionId,
          taskId: value.TaskScheduleId,
        },
      };

const startOf = (event: WireEvent): object => {
  const { InstanceId: instanceId, ExecutionId: executionId } = event['OrchestrationInstance'] as WireInstance;
  const generation = event['Generation'];
  return {
    name: event['Name'],
    instanceId,
    executionId,
    input: event['Input'],
    ...parentOf(event['ParentInstance'] as WireParent | null),
    ...(generation === null ? {} : { generation }),
  };
};

const taskEnd = (event: WireEvent): object =>
  'Reason' in event
    ? { taskId: event['TaskScheduledId'], reason: event['Reason'], details: event['Details'] }
    : { taskId: event['TaskScheduledId'], result: event['Result'] };

const genericOf = (event: WireEvent): object =>
  event['EventId'] === -1 ? { data: event['Data'] } : { id: event['EventId'], data: event['Data'] };

const readers: Record<number, [HistoryEvent['type'], (event: WireEvent) => object]> = {
  0: ['ExecutionStarted', startOf],
  3: ['ExecutionTerminated', (event) => ({ reason: event['Input'] })],
  4: ['TaskScheduled', (event) => ({ id: event['EventId'], name: event['Name'] })],
  5: ['TaskCompleted', taskEnd],
  6: ['TaskFailed', taskEnd],
  7: [
    'SubOrchestrationInstanceCreated',
    (event) => ({ id: event['EventId'], name: event['Name'], instanceId: event['InstanceId'] }),
  ],
  8: ['SubOrchestrationInstanceCompleted', taskEnd],
  9: ['SubOrchestrationInstanceFailed', taskEnd],
  10: ['TimerCreated', (event) => ({ id: event['EventId'], fireAt: event['FireAt'] })],
  11: ['TimerFired', (event) => ({ timerId: event['TimerId'], fireAt: event['FireAt'] })],
  12: ['OrchestratorStarted', () => ({})],
  13: ['OrchestratorCompleted', () => ({})],
  15: ['EventRaised', (event) => ({ name: event['Name'], input: event['Input'] })],
  17: ['GenericEvent', genericOf],
  19: ['ExecutionSuspended', (event) => ({ reason: event['Reason'] })],
  20: ['ExecutionResumed', (event) => ({ reason: event['Reason'] })],
};

/** A recorded event as this engine keeps it. */
export const fromWire = (event: WireEvent): HistoryEvent => {
  const reader = readers[event.EventType];
  if (reader === undefined) throw new Error(`no reader for event type ${event.EventType}`);
  const [type, read] = reader;
  const played = event.IsPlayed ? { played: true } : {};
  return { type, at: event.Timestamp, ...read(event), ...played } as HistoryEvent;
};
