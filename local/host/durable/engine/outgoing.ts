import { randomUUID } from 'node:crypto';
import type { ExecutionStarted, HistoryEvent, ParentInstance } from '../history/events.ts';
import type { NewTask, NewTimer, Send } from '../../store/records.ts';
import type { Decision } from '../replay/decision.ts';
import { fromMs, toMs } from '../time.ts';

/** What the decisions of a turn become: history events, and what goes out after the commit. */
export interface Outgoing {
  readonly events: HistoryEvent[];
  readonly tasks: NewTask[];
  readonly timers: NewTimer[];
  readonly starts: ExecutionStarted[];
  readonly sends: Send[];
}

export const nothingOutgoing = (): Outgoing => ({ events: [], tasks: [], timers: [], starts: [], sends: [] });

/** Execution ids the engine makes have no dashes; those of client starts do. */
export const engineExecutionId = (): string => randomUUID().replaceAll('-', '');

/**
 * When a timer is delivered: its delay cut to whole seconds, as the visibility delay of a queue message is, so up to
 * a second early. Source: DurableTask.AzureStorage `TaskHubQueue.GetVisibilityDelay`.
 */
export const dueMs = (fireAt: string, nowMs: number, punctual: boolean): number => {
  const delayMs = Math.max(0, toMs(fireAt) - nowMs);
  return nowMs + (punctual ? delayMs : Math.floor(delayMs / 1000) * 1000);
};

const parentOf = (started: ExecutionStarted, taskId: number): ParentInstance => ({
  name: started.name,
  instanceId: started.instanceId,
  executionId: started.executionId,
  taskId,
  ...(started.version === undefined ? {} : { version: started.version }),
});

type Child = Extract<Decision, { kind: 'CreateSubOrchestration' }>;

const addChild = (out: Outgoing, started: ExecutionStarted, child: Child, at: string): void => {
  const { id, name, instanceId, input } = child;
  const version = child.version === undefined ? {} : { version: child.version };
  out.events.push({ type: 'SubOrchestrationInstanceCreated', at, id, name, instanceId, ...version });
  out.starts.push({
    type: 'ExecutionStarted',
    at,
    name,
    instanceId,
    executionId: engineExecutionId(),
    input,
    parent: parentOf(started, id),
    ...version,
  });
};

type Completion = Extract<Decision, { kind: 'Complete' }>;

/** What a parent is told of its child's end. A terminated child counts as failed, with the reason alone. */
const toParent = (completion: Completion, taskId: number, at: string): HistoryEvent => {
  const { status, result, details, failureDetails } = completion;
  if (status === 'Completed') return { type: 'SubOrchestrationInstanceCompleted', at, taskId, result };
  const extra = failureDetails === undefined ? {} : { failureDetails };
  return { type: 'SubOrchestrationInstanceFailed', at, taskId, reason: result, details, ...extra };
};

const addCompletion = (
  out: Outgoing,
  started: ExecutionStarted,
  completion: Completion,
  at: string,
): void => {
  const { id, status, result, failureDetails } = completion;
  const extra = failureDetails === undefined ? {} : { failureDetails };
  out.events.push({ type: 'ExecutionCompleted', at, id, status, result, ...extra });
  const { parent } = started;
  if (parent === undefined) return;
  const event = toParent(completion, parent.taskId, at);
  out.sends.push({ id: parent.instanceId, executionId: parent.executionId, event });
};

/** Turns one decision into its event and its effect. A continuation is the turn's own business. */
export const addDecision = (
  out: Outgoing,
  started: ExecutionStarted,
  decision: Decision,
  nowMs: number,
  punctualTimers: boolean,
): void => {
  const at = fromMs(nowMs);
  switch (decision.kind) {
    case 'ScheduleTask': {
      const { id, name, input } = decision;
      out.events.push({ type: 'TaskScheduled', at, id, name });
      out.tasks.push({ taskId: id, name, input });
      break;
    }
    case 'CreateTimer': {
      const { id, fireAt } = decision;
      out.events.push({ type: 'TimerCreated', at, id, fireAt });
      out.timers.push({ timerId: id, fireAt, createdAt: at, dueMs: dueMs(fireAt, nowMs, punctualTimers) });
      break;
    }
    case 'CreateSubOrchestration':
      addChild(out, started, decision, at);
      break;
    case 'Complete':
      addCompletion(out, started, decision, at);
      break;
    case 'ContinueAsNew':
      break;
  }
};
