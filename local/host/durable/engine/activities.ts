import type { PendingTask } from '../../store/records.ts';
import type { TypedData, InvocationResult } from '../../worker/coreTypes.ts';
import type { HostedFunction } from '../../worker/functions.ts';
import type { FailureDetails, TaskCompleted, TaskFailed } from '../history/events.ts';
import { HTTP_ACTIVITY } from '../replay/calls.ts';
import type { EngineDeps } from './deps.ts';
import { callHttpOnce } from './httpActivity.ts';
import { friendlyMessage, serializedException } from './rpcException.ts';
import { fromMs } from '../time.ts';

export type Ended = TaskCompleted | TaskFailed;

/**
 * The text of the trigger's string parameter. Strings arrive JSON-encoded twice, so one layer comes off; booleans
 * come as .NET writes them. Undefined for null: then there is no data.
 */
const parameterText = (input: string | null): string | undefined => {
  if (input === null) return undefined;
  if (input === 'true') return 'True';
  if (input === 'false') return 'False';
  return input.startsWith('"') ? (JSON.parse(input) as string) : input;
};

const memberText = (value: unknown): TypedData => {
  if (value === null) return {};
  return typeof value === 'string' ? { string: value } : { json: JSON.stringify(value) };
};

/** Top-level members of an object input, which the script host offers as binding data. */
const memberData = (input: string | null): Record<string, TypedData> => {
  if (input?.startsWith('{') !== true) return {};
  const entries = Object.entries(JSON.parse(input) as Record<string, unknown>);
  return Object.fromEntries(entries.map(([name, value]) => [name, memberText(value)]));
};

/** Source of the names: the extension's ActivityTriggerAttributeBindingProvider. */
const triggerMetadata = (
  hosted: HostedFunction,
  { instanceId, input }: PendingTask,
  text: string | undefined,
): Record<string, TypedData> => ({
  ...memberData(input),
  instanceId: { string: instanceId },
  data: input === null ? {} : { json: input },
  [hosted.triggerName]: text === undefined ? {} : { string: text },
});

/** A returned value as the JSON text that history keeps. */
const resultText = (value: TypedData | null | undefined): string | null => {
  if (value === null || value === undefined) return null;
  if (typeof value.string === 'string') return JSON.stringify(value.string);
  if (typeof value.json === 'string') return value.json;
  if (value.bytes) return JSON.stringify(Buffer.from(value.bytes).toString('base64'));
  const number = value.int ?? value.double;
  return number === null || number === undefined ? null : JSON.stringify(number);
};

const failureDetails = (name: string, message: string, stack: string): FailureDetails => ({
  errorType: 'Error',
  errorMessage: `Activity function '${name}' failed: ${message}`,
  stackTrace: stack,
  isNonRetriable: false,
});

const failedEvent = (
  { chaos, clock }: EngineDeps,
  { taskId, name }: PendingTask,
  message: string,
  stack: string,
): TaskFailed => ({
  type: 'TaskFailed',
  at: fromMs(clock.now()),
  taskId,
  reason: `Activity function '${name}' failed: ${friendlyMessage(message, stack)}`,
  details: serializedException(message, stack),
  ...(chaos.config.failureDetails === true ? { failureDetails: failureDetails(name, message, stack) } : {}),
});

const endedEvent = (deps: EngineDeps, task: PendingTask, result: InvocationResult): Ended => {
  if (!result.ok) return failedEvent(deps, task, result.message, result.stack);
  const at = fromMs(deps.clock.now());
  return { type: 'TaskCompleted', at, taskId: task.taskId, result: resultText(result.returnValue) };
};

const missing = ({ clock }: EngineDeps, { taskId, name }: PendingTask): TaskFailed => ({
  type: 'TaskFailed',
  at: fromMs(clock.now()),
  taskId,
  reason: `Activity function '${name}' failed: Activity function '${name}' does not exist.`,
  details: null,
});

const callActivity = async (deps: EngineDeps, task: PendingTask): Promise<Ended | undefined> => {
  const hosted = deps.functions.activities.get(task.name.toLowerCase());
  if (hosted === undefined) return missing(deps, task);
  deps.counts.activities += 1;
  const text = parameterText(task.input);
  const trigger = text === undefined ? {} : { string: text };
  const result = await deps.dispatch(hosted, trigger, triggerMetadata(hosted, task, text));
  return !result.ok && result.lost === true ? undefined : endedEvent(deps, task, result);
};

const callHttp = async (deps: EngineDeps, task: PendingTask): Promise<Ended> => {
  const outcome = await callHttpOnce(task.input ?? '{}');
  const at = fromMs(deps.clock.now());
  const { taskId } = task;
  if ('result' in outcome) return { type: 'TaskCompleted', at, taskId, result: outcome.result };
  return { type: 'TaskFailed', at, taskId, reason: outcome.failure, details: outcome.details };
};

/** Runs an activity once. Undefined when the worker died with it: it has to run again. */
export const runActivity = (deps: EngineDeps, task: PendingTask): Promise<Ended | undefined> =>
  task.name === HTTP_ACTIVITY ? callHttp(deps, task) : callActivity(deps, task);
