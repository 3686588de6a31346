import type { InvocationResult } from '../../worker/coreTypes.ts';
import type { HistoryEvent } from '../history/events.ts';
import { toWireList } from '../history/wire.ts';
import { OUT_OF_PROC_DATA, type OrchestratorAnswer, type OrchestratorState } from '../replay/answer.ts';
import type { ExecutionStarted } from '../history/events.ts';
import type { FunctionTable } from '../../worker/functions.ts';
import { rpcExceptionMessage } from './rpcException.ts';

/** What the extension says of itself: newest schema it speaks, and how long timers are split (days.hh:mm:ss). */
const protocolMembers =
  '"upperSchemaVersion":1,"upperSchemaVersionNew":3,' +
  '"longRunningTimerIntervalDuration":"3.00:00:00","maximumShortTimerDuration":"6.00:00:00",';

const join = (past: string, fresh: string): string => (past === '' ? fresh : `${past},${fresh}`);

/**
 * The value of an orchestration trigger: one JSON text with the whole history. `pastWire` is the history before this
 * turn in the same form.
 */
export const triggerText = (
  started: ExecutionStarted,
  pastWire: string,
  fresh: readonly HistoryEvent[],
  httpPollMs: number,
): string =>
  `{"history":[${join(pastWire, toWireList(fresh))}],"input":${started.input ?? 'null'},` +
  `"instanceId":${JSON.stringify(started.instanceId)},"isReplaying":${started.played === true},` +
  `"parentInstanceId":${JSON.stringify(started.parent?.instanceId ?? null)},${protocolMembers}` +
  `"defaultHttpAsyncRequestSleepTimeMillseconds":${httpPollMs}}`;

const crashed = (message: string): OrchestratorAnswer => ({ kind: 'crashed', message });

const INVALID_SCHEMA = 'Out of proc orchestrators must return a valid JSON schema';

const parseState = (text: string, thrown: boolean): OrchestratorAnswer => {
  try {
    return { kind: 'state', state: JSON.parse(text) as OrchestratorState, thrown };
  } catch {
    return crashed(INVALID_SCHEMA);
  }
};

/** A function that fails in user code throws an error whose message carries the state. */
const readFailure = (message: string, stack: string): OrchestratorAnswer => {
  const at = message.indexOf(OUT_OF_PROC_DATA);
  if (at >= 0) return parseState(message.slice(at + OUT_OF_PROC_DATA.length), true);
  return crashed(`One or more errors occurred. (${rpcExceptionMessage(message, stack)})`);
};

/** Source: TaskOrchestrationShim, OutOfProcExceptionHelpers. */
export const readAnswer = (result: InvocationResult): OrchestratorAnswer => {
  if (!result.ok) return readFailure(result.message, result.stack);
  const { returnValue } = result;
  const text = returnValue?.json ?? returnValue?.string;
  if (text !== undefined && text !== null) return parseState(text, false);
  if (returnValue === undefined || returnValue === null) {
    return { kind: 'state', state: { isDone: true, actions: [[]] }, thrown: false };
  }
  return crashed('The data returned by the out-of-process function execution was not valid json.');
};

/** The extension's answer to a start of something that is not there. */
export const unknownOrchestrator = (name: string, { orchestrators }: FunctionTable): OrchestratorAnswer => {
  const known = [...orchestrators.values()].map((hosted) => hosted.name).join("', '");
  const info =
    known === ''
      ? 'No orchestrator functions are currently registered!'
      : `The following are the known orchestrator functions: '${known}'.`;
  const message = `The function '${name}' doesn't exist, is disabled, or is not an orchestrator function. Additional info: ${info}`;
  return { kind: 'unknown', message };
};
