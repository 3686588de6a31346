import { addMs, compareTimes, msBetween } from '../time.ts';
import { countAction, decide, TOO_MANY_ACTIONS, type Execution } from './execution.ts';
import { failed, settle, settledTask, start, succeeded, type Coroutine, type Task } from './task.ts';

/** One timer. A cancelled one still takes its number and is still created, but nobody waits for it. */
const onePiece = (execution: Execution, fireAt: string, canceled: boolean): Task => {
  const task = decide(execution, (id) => ({ kind: 'CreateTimer', id, fireAt }));
  if (canceled) {
    execution.open.delete(execution.nextId - 1);
    settle(task, failed('A task was canceled.'));
  }
  return task;
};

/** The end of the next piece of a timer that is longer than the storage allows in one. */
const nextPiece = ({ now, limits }: Execution, fireAt: string): string =>
  addMs(now, Math.min(msBetween(fireAt, now), limits.longTimerPieceMs));

/** Any timer that ends in good order clears the flag, whoever set it. */
const done = (execution: Execution): ReturnType<typeof succeeded> => {
  execution.inLongTimer = false;
  return succeeded(null);
};

function* shortTimer(execution: Execution, fireAt: string, canceled: boolean): Coroutine {
  if (!countAction(execution)) return failed(TOO_MANY_ACTIONS);
  const outcome = yield onePiece(execution, fireAt, canceled);
  return outcome.ok ? done(execution) : outcome;
}

/** Timers beyond the longest piece run as several: three days each, as long as more than that is left. */
function* longTimer(execution: Execution, fireAt: string, firstPiece: string, canceled: boolean): Coroutine {
  let piece = firstPiece;
  while (compareTimes(execution.now, fireAt) < 0) {
    if (!countAction(execution)) return failed(TOO_MANY_ACTIONS);
    const outcome = yield onePiece(execution, piece, canceled);
    if (!outcome.ok) return outcome;
    piece = nextPiece(execution, fireAt);
  }
  return done(execution);
}

/**
 * A durable timer. The flag belongs to the whole context, as in the extension: a timer that is started while a long
 * one is open is run piecewise too. Source: the extension's `DurableOrchestrationContext.CreateTimer`.
 */
export const createTimer = (execution: Execution, fireAt: string, canceled: boolean): Task => {
  const { now, limits } = execution;
  const isLong = msBetween(fireAt, now) > limits.maximumTimerMs;
  if (isLong) execution.inLongTimer = true;
  if (!execution.inLongTimer) return start(shortTimer(execution, fireAt, canceled));
  return start(longTimer(execution, fireAt, isLong ? addMs(now, limits.longTimerPieceMs) : fireAt, canceled));
};

/** A timer that the engine itself waits for: a retry's delay, the wait between two polls. Never in pieces. */
export const engineTimer = (execution: Execution, fireAt: string): Task => onePiece(execution, fireAt, false);

/** For callers that fail before anything is scheduled. */
export const failedTask = (reason: string): Task => settledTask(failed(reason));
