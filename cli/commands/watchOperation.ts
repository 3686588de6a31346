import { exitCodes, type ExitCode } from '../exitCodes.ts';
import { numberAt, objectAt, textAt, type Json } from '../json.ts';
import { progressBar } from '../progressBar.ts';
import type { Session } from '../session.ts';
import { handledBy, progressText } from '../show/operations.ts';

const endings = ['Completed', 'Stopped', 'Canceled', 'Failed'];

const intervalMs = 1000;

/** What became of the jobs of a retry is looked at for ten minutes after they were acted on. */
const lookedAtMs = 10 * 60_000;

/** Whether nothing of it changes any more: it acted on all, and knows what became of them. */
export const hasEnded = (operation: Json, nowMs: number): boolean => {
  const status = textAt(operation, 'status');
  const isPending = numberAt(objectAt(operation, 'outcomes'), 'pending') > 0;
  const isOver = nowMs - Date.parse(textAt(operation, 'completedOn')) > lookedAtMs;
  return endings.includes(status) && (status !== 'Completed' || !isPending || isOver);
};

export const readOperation = async ({ api }: Session, id: string): Promise<Json> =>
  (await api({ method: 'GET', path: `/operations/${encodeURIComponent(id)}` })).json;

/** Done only if the operation got through, and of its jobs none failed, failed again, or is still pending. */
export const operationOutcome = (operation: Json): ExitCode => {
  const outcomes = objectAt(operation, 'outcomes');
  const unwell =
    numberAt(operation, 'failed') + numberAt(outcomes, 'failedAgain') + numberAt(outcomes, 'pending');
  return textAt(operation, 'status') === 'Completed' && unwell === 0 ? exitCodes.done : exitCodes.refused;
};

/** The operation at its end, with a progress bar until then; as it is when a person leaves with Ctrl-C before. */
export const watchOperation = async (session: Session, started: Json): Promise<Json> => {
  const { terminal } = session;
  const interrupted = terminal.takeInterrupts();
  const bar = progressBar(terminal.showsProgress);
  const id = textAt(started, 'id');
  try {
    for (let operation = started; ; operation = await readOperation(session, id)) {
      bar.update(handledBy(operation), numberAt(operation, 'counted'), progressText(operation));
      if (hasEnded(operation, terminal.now()) || interrupted.aborted) return operation;
      await terminal.wait(intervalMs, interrupted);
    }
  } finally {
    bar.stop();
  }
};
