import type { ExecutionStarted, FailureDetails, HistoryEvent, ParentInstance } from './events.ts';

/**
 * History events as the Durable extension hands them to a Node function (schema 3): Pascal-cased, every member
 * present, event types as numbers. Written by hand because a turn writes its whole history and this is the hot path.
 * Source: DurableTask.Core `History/*.cs`, serialized by the extension's OrchestrationTrigger binding.
 */
export const eventTypeNumbers = {
  ExecutionStarted: 0,
  ExecutionCompleted: 1,
  ExecutionTerminated: 3,
  TaskScheduled: 4,
  TaskCompleted: 5,
  TaskFailed: 6,
  SubOrchestrationInstanceCreated: 7,
  SubOrchestrationInstanceCompleted: 8,
  SubOrchestrationInstanceFailed: 9,
  TimerCreated: 10,
  TimerFired: 11,
  OrchestratorStarted: 12,
  OrchestratorCompleted: 13,
  EventRaised: 15,
  GenericEvent: 17,
  ExecutionSuspended: 19,
  ExecutionResumed: 20,
} as const satisfies Record<HistoryEvent['type'], number>;

const quote = (text: string | null | undefined): string =>
  text === null || text === undefined ? 'null' : JSON.stringify(text);

const instance = (instanceId: string, executionId: string): string =>
  `{"InstanceId":${quote(instanceId)},"ExecutionId":"${executionId}"}`;

const parent = (value: ParentInstance | undefined): string =>
  value === undefined
    ? 'null'
    : `{"Name":${quote(value.name)},"OrchestrationInstance":${instance(value.instanceId, value.executionId)},` +
      `"TaskScheduleId":${value.taskId},"Version":${quote(value.version)}}`;

const failure = (details: FailureDetails | undefined): string =>
  details === undefined
    ? 'null'
    : JSON.stringify({
        ErrorType: details.errorType,
        ErrorMessage: details.errorMessage,
        StackTrace: details.stackTrace,
        InnerFailure: null,
        IsNonRetriable: details.isNonRetriable,
        Properties: null,
      });

const started = (event: ExecutionStarted): string =>
  `"OrchestrationInstance":${instance(event.instanceId, event.executionId)},` +
  `"ParentInstance":${parent(event.parent)},"Name":${quote(event.name)},"Version":${quote(event.version)},` +
  `"Input":${quote(event.input)},"Tags":null,"Correlation":null,"ParentTraceContext":null,` +
  `"ScheduledStartTime":null,"Generation":${event.generation ?? 'null'},"GenerateNewTrace":false,`;

/** The members that only this type of event has, each followed by a comma. */
const ownMembers = (event: HistoryEvent): string => {
  switch (event.type) {
    case 'OrchestratorStarted':
    case 'OrchestratorCompleted':
      return '';
    case 'ExecutionStarted':
      return started(event);
    case 'ExecutionCompleted':
      return `"OrchestrationStatus":"${event.status}","Result":${quote(event.result)},"FailureDetails":${failure(event.failureDetails)},`;
    case 'ExecutionTerminated':
      return `"Input":${quote(event.reason)},`;
    case 'ExecutionSuspended':
    case 'ExecutionResumed':
      return `"Reason":${quote(event.reason)},`;
    case 'TaskScheduled':
      return `"Name":${quote(event.name)},"Version":"","Input":null,"ParentTraceContext":null,"Tags":null,`;
    case 'TaskCompleted':
    case 'SubOrchestrationInstanceCompleted':
      return `"TaskScheduledId":${event.taskId},"Result":${quote(event.result)},`;
    case 'TaskFailed':
    case 'SubOrchestrationInstanceFailed':
      return (
        `"TaskScheduledId":${event.taskId},"Reason":${quote(event.reason)},"Details":${quote(event.details)},` +
        `"FailureDetails":${failure(event.failureDetails)},`
      );
    case 'SubOrchestrationInstanceCreated':
      return (
        `"Name":${quote(event.name)},"Version":${quote(event.version)},"InstanceId":${quote(event.instanceId)},` +
        `"Input":null,"ClientSpanId":null,"Tags":null,`
      );
    case 'TimerCreated':
      return `"FireAt":"${event.fireAt}",`;
    case 'TimerFired':
      return `"TimerId":${event.timerId},"FireAt":"${event.fireAt}",`;
    case 'EventRaised':
      return `"Name":${quote(event.name)},"Input":${quote(event.input)},"ParentTraceContext":null,`;
    case 'GenericEvent':
      return `"Data":${quote(event.data)},`;
  }
};

/** One event as JSON text. `EventId` is -1 for events without a sequence number. */
export const toWire = (event: HistoryEvent): string => {
  const id = 'id' in event ? (event.id ?? -1) : -1;
  return (
    `{${ownMembers(event)}"EventType":${eventTypeNumbers[event.type]},"EventId":${id},` +
    `"IsPlayed":${event.played === true},"Timestamp":"${event.at}"}`
  );
};

/** A run of events as JSON text, comma separated, without the brackets of a list. */
export const toWireList = (events: readonly HistoryEvent[]): string => events.map(toWire).join(',');

/** Types whose `IsPlayed` turns true once a turn has processed them: all that reach a turn from outside, but 12. */
export const markPlayed = (event: HistoryEvent): HistoryEvent =>
  event.type === 'OrchestratorStarted' ? event : { ...event, played: true };
