import type { SubOrchestrationCreated, TaskScheduled, TimerCreated } from '../history/events.ts';
import { decisionClassNames, type Decision } from './decision.ts';

/**
 * Finds out whether a history event answers for what this replay decided under its number, in DurableTask.Core's own
 * words: people search the web for them. Source: `TaskOrchestrationContext.Handle*Event`.
 */
export type Scheduled = TaskScheduled | TimerCreated | SubOrchestrationCreated;

const PREFIX = 'Non-Deterministic workflow detected: ';
const QUESTION =
  'Was a change made to the orchestrator code after this instance had already started running?';

const sameName = (left: string, right: string): boolean => left.toLowerCase() === right.toLowerCase();

const className = (decision: Decision): string => decisionClassNames[decision.kind];

const taskMismatch = (event: TaskScheduled, decision: Decision | undefined): string | undefined => {
  const before = 'A previous execution of this orchestration scheduled an activity task with sequence ';
  if (decision === undefined) {
    return `${before}ID ${event.id} and name '${event.name}' (version ''), but the current replay execution hasn't (yet?) scheduled this task. ${QUESTION}`;
  }
  if (decision.kind !== 'ScheduleTask') {
    return `${before}number ${event.id} named '${event.name}', but the current orchestration replay instead produced a ${className(decision)} action with this sequence number. ${QUESTION}`;
  }
  if (sameName(event.name, decision.name)) return undefined;
  return `${before}number ${event.id} named '${event.name}', but the current orchestration replay instead scheduled an activity task named '${decision.name}' with this sequence number.  ${QUESTION}`;
};

const timerMismatch = (event: TimerCreated, decision: Decision | undefined): string | undefined => {
  const before = `A previous execution of this orchestration scheduled a timer task with sequence number ${event.id} `;
  if (decision === undefined) {
    return `${before}but the current replay execution hasn't (yet?) scheduled this task. ${QUESTION}`;
  }
  if (decision.kind === 'CreateTimer') return undefined;
  return `${before}named but the current orchestration replay instead produced a ${className(decision)} action with this sequence number. ${QUESTION}`;
};

const childMismatch = (
  event: SubOrchestrationCreated,
  decision: Decision | undefined,
): string | undefined => {
  const before =
    `A previous execution of this orchestration scheduled a sub-orchestration task with sequence ID ${event.id} ` +
    `and name '${event.name}' (version '${event.version ?? ''}', instance ID '${event.instanceId}'), but the current `;
  if (decision === undefined)
    return `${before}replay execution hasn't (yet?) scheduled this task. ${QUESTION}`;
  if (decision.kind !== 'CreateSubOrchestration') {
    return `${before}orchestration replay instead produced a ${className(decision)} action at this sequence number. ${QUESTION}`;
  }
  if (sameName(event.name, decision.name)) return undefined;
  return `${before}orchestration replay instead scheduled a sub-orchestration task with name ${decision.name} at this sequence number. ${QUESTION}`;
};

const mismatch = (event: Scheduled, decision: Decision | undefined): string | undefined => {
  switch (event.type) {
    case 'TaskScheduled':
      return taskMismatch(event, decision);
    case 'TimerCreated':
      return timerMismatch(event, decision);
    case 'SubOrchestrationInstanceCreated':
      return childMismatch(event, decision);
  }
};

/** The message of the failure, or undefined when event and decision agree. */
export const describeMismatch = (event: Scheduled, decision: Decision | undefined): string | undefined => {
  const text = mismatch(event, decision);
  return text === undefined ? undefined : PREFIX + text;
};
