import { addMs } from '../time.ts';
import type { Action, DurableHttpRequest, RetryOptions } from './answer.ts';
import { countAction, decide, TOO_MANY_ACTIONS, type Execution } from './execution.ts';
import { LONGEST_RETRY_INTERVAL_MS, withRetry } from './retry.ts';
import { start, type Coroutine, type Task } from './task.ts';
import { engineTimer, failedTask } from './timers.ts';

/** The activity that the extension itself provides for `callHttp`. */
export const HTTP_ACTIVITY = 'BuiltIn::HttpActivity';

const jsonText = (value: unknown): string | null =>
  value === undefined || value === null ? null : JSON.stringify(value);

/** The engine says nothing about a call it cannot make, and the instance waits for ever; a developer should know. */
const neverScheduled = (execution: Execution, what: string): Task => {
  execution.warnings.push(`${what} Nothing was scheduled; the instance waits for it for ever.`);
  return failedTask(what);
};

const scheduleTask = (execution: Execution, name: string, input: string | null): Task =>
  decide(execution, (id) => ({ kind: 'ScheduleTask', id, name, input }));

const retryFault = (options: RetryOptions): string | undefined =>
  options.firstRetryIntervalInMilliseconds > LONGEST_RETRY_INTERVAL_MS ||
  (options.maxRetryIntervalInMilliseconds ?? 0) > LONGEST_RETRY_INTERVAL_MS
    ? 'The Azure Storage provider supports a maximum of 6 days for time-based delays.'
    : undefined;

const maybeRetried = (execution: Execution, options: RetryOptions | undefined, call: () => Task): Task => {
  if (!countAction(execution)) return failedTask(TOO_MANY_ACTIONS);
  return options === undefined ? call() : start(withRetry(execution, options, call));
};

export const callActivity = (execution: Execution, action: Action): Task => {
  const { functionName: name = '', retryOptions, input } = action;
  if (retryOptions !== undefined) {
    const fault = retryFault(retryOptions);
    if (fault !== undefined) return neverScheduled(execution, fault);
  }
  if (!execution.functions.hasActivity(name)) {
    return neverScheduled(
      execution,
      `The function '${name}' doesn't exist, is disabled, or is not an activity function.`,
    );
  }
  const text = jsonText(input);
  return maybeRetried(execution, retryOptions, () => scheduleTask(execution, name, text));
};

/** Best effort of the extension against an orchestration that waits for itself. */
const childIdFault = ({ started }: Execution, instanceId: string | undefined): string | undefined => {
  const id = instanceId?.toLowerCase();
  if (id === undefined || id === '') return undefined;
  if (id === started.instanceId.toLowerCase() || id === started.parent?.instanceId.toLowerCase()) {
    return 'The instance ID of a sub-orchestration must be different than the instance ID of a parent orchestration.';
  }
  return id.startsWith('@') ? 'Orchestration instance ids must not start with @' : undefined;
};

export const callSubOrchestrator = (execution: Execution, action: Action): Task => {
  const { functionName: name = '', instanceId, retryOptions, version } = action;
  const fault = childIdFault(execution, instanceId);
  if (fault !== undefined) return neverScheduled(execution, fault);
  if (!execution.functions.hasOrchestrator(name)) {
    return neverScheduled(
      execution,
      `The function '${name}' doesn't exist, is disabled, or is not an orchestrator function.`,
    );
  }
  const input = jsonText(action.input);
  const { executionId } = execution.started;
  const isNamed = instanceId !== undefined && instanceId.trim() !== '';
  return maybeRetried(execution, retryOptions, () =>
    decide(execution, (id) => ({
      kind: 'CreateSubOrchestration',
      id,
      name,
      instanceId: isNamed ? instanceId : `${executionId}:${id}`,
      input,
      ...(version === undefined ? {} : { version }),
    })),
  );
};

interface HttpAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
}

const headerOf = ({ headers }: HttpAnswer, name: string): string | undefined =>
  Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];

/** The request that polls: same headers, but the function key was for the first address only. */
const pollRequest = (request: DurableHttpRequest, uri: string): DurableHttpRequest => {
  const headers = Object.entries(request.headers ?? {}).filter(
    ([key]) => key.toLowerCase() !== 'x-functions-key',
  );
  return {
    method: 'GET',
    uri,
    headers: Object.fromEntries(headers),
    ...(request.tokenSource === undefined ? {} : { tokenSource: request.tokenSource }),
  };
};

const NO_LOCATION =
  'callHttp got 202 without a Location header. The engine waits once more, the SDK does not: ' +
  'the instance ends as non-deterministic.';

/** 202 is polled on the host's side of the replay, with a timer before each request. */
function* httpWithPolling(execution: Execution, first: DurableHttpRequest): Coroutine {
  let outcome = yield scheduleTask(execution, HTTP_ACTIVITY, JSON.stringify(first));
  while (outcome.ok) {
    const answer = JSON.parse(outcome.value ?? '{}') as HttpAnswer;
    if (answer.statusCode !== 202 || first.asynchronousPatternEnabled !== true) return outcome;
    const retryAfter = headerOf(answer, 'retry-after');
    const waitMs =
      retryAfter === undefined ? execution.limits.httpPollMs : Number.parseInt(retryAfter, 10) * 1000;
    yield engineTimer(execution, addMs(execution.now, waitMs));
    const location = headerOf(answer, 'location');
    if (location === undefined) {
      execution.warnings.push(NO_LOCATION);
      return { ok: false, reason: NO_LOCATION, details: null };
    }
    outcome = yield scheduleTask(execution, HTTP_ACTIVITY, JSON.stringify(pollRequest(first, location)));
  }
  return outcome;
}

export const callHttp = (execution: Execution, request: DurableHttpRequest): Task =>
  countAction(execution) ? start(httpWithPolling(execution, request)) : failedTask(TOO_MANY_ACTIONS);
