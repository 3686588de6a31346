import { actionTypes, type Action, type OrchestratorAnswer, type OrchestratorState } from './answer.ts';
import { callActivity, callHttp, callSubOrchestrator } from './calls.ts';
import type { Execution } from './execution.ts';
import { waitForEvent } from './externalEvents.ts';
import {
  failed,
  openTask,
  settledTask,
  succeeded,
  whenAll,
  whenAny,
  type Coroutine,
  type Outcome,
  type Task,
} from './task.ts';
import { trimmed } from '../time.ts';
import { createTimer } from './timers.ts';

const needed = <Value>(value: Value | undefined, member: string, actionType: number): Value => {
  if (value === undefined) throw new Error(`An action of type ${actionType} has no ${member}.`);
  return value;
};

const unsupported = (actionType: number): Error =>
  actionType >= actionTypes.callEntity && actionType <= actionTypes.releaseEntities
    ? new Error(`The local host has no durable entities (action type ${actionType}).`)
    : new Error(`Received an unexpected action type from the out-of-proc function: '$${actionType}'.`);

const continueAsNew = (execution: Execution, input: unknown): Task => {
  execution.continueWith = { input: input === undefined || input === null ? null : JSON.stringify(input) };
  return settledTask(succeeded(null));
};

/** Starts what an action asks for. Throws only for actions the engine does not know. */
const begin = (execution: Execution, action: Action): Task => {
  const { actionType } = action;
  switch (actionType) {
    case actionTypes.callActivity:
    case actionTypes.callActivityWithRetry:
      return callActivity(execution, action);
    case actionTypes.callSubOrchestrator:
    case actionTypes.callSubOrchestratorWithRetry:
      return callSubOrchestrator(execution, action);
    case actionTypes.continueAsNew:
      return continueAsNew(execution, action.input);
    case actionTypes.createTimer:
      return createTimer(
        execution,
        trimmed(needed(action.fireAt, 'fireAt', actionType)),
        action.isCanceled === true,
      );
    case actionTypes.waitForExternalEvent:
      return waitForEvent(execution, needed(action.externalEventName, 'externalEventName', actionType));
    case actionTypes.callHttp:
      return callHttp(execution, needed(action.httpRequest, 'httpRequest', actionType));
    case actionTypes.whenAny:
      return whenAny((action.compoundActions ?? []).map((member) => begin(execution, member)));
    case actionTypes.whenAll:
      return whenAll((action.compoundActions ?? []).map((member) => begin(execution, member)));
    default:
      throw unsupported(actionType);
  }
};

/** The refusal of a custom status above the limit, in the extension's words; undefined when it fits. */
const customStatusFault = (text: string, maxKb: number): string | undefined => {
  const sizeKb = Math.trunc((text.length * 2) / 1024);
  return sizeKb > maxKb
    ? `The UTF-16 size of the JSON-serialized payload must not exceed ${maxKb} KB. The current payload size is ${sizeKb} KB.`
    : undefined;
};

/** A state without a custom status clears the one shown so far. */
const setCustomStatus = (execution: Execution, status: unknown): void => {
  if (status === undefined || status === null) return;
  const text = JSON.stringify(status);
  const fault = customStatusFault(text, execution.limits.maxCustomStatusKb);
  if (fault !== undefined) throw new Error(fault);
  execution.customStatus = text;
};

const actionsOf = ({ actions }: OrchestratorState): readonly Action[] => {
  const [list] = actions;
  if (list === undefined || actions.length !== 1) {
    throw new Error(
      `With OOProc schema V3, expected actions array to be of length 1 in outer layer but got size: ${actions.length}`,
    );
  }
  return list;
};

const userFailure = (name: string, error: string): Outcome =>
  failed(`Orchestrator function '${name}' failed: ${error}`, `Message: ${error}, StackTrace: `);

/** Runs the action list like the orchestration itself: one action after the other, whatever comes of each. */
function* runActions(execution: Execution, state: OrchestratorState): Coroutine {
  setCustomStatus(execution, state.customStatus);
  for (const action of actionsOf(state)) yield begin(execution, action);
  if (state.error !== undefined && state.error !== '')
    return userFailure(execution.started.name, state.error);
  if (!state.isDone) yield openTask();
  return succeeded(state.output === undefined || state.output === null ? null : JSON.stringify(state.output));
}

function* guarded(execution: Execution, state: OrchestratorState, thrown: boolean): Coroutine {
  try {
    return yield* runActions(execution, state);
  } catch (error) {
    const { message } = error as Error;
    return thrown
      ? failed(message)
      : failed(`Orchestrator function '${execution.started.name}' failed: ${message}`);
  }
}

/** What the orchestration does from its ExecutionStarted on. Source: TaskOrchestrationShim, OutOfProcOrchestrationShim. */
export const program = (execution: Execution, answer: OrchestratorAnswer): Coroutine | Outcome =>
  answer.kind === 'state'
    ? guarded(execution, answer.state, answer.thrown)
    : failed(`Orchestrator function '${execution.started.name}' failed: ${answer.message}`);
