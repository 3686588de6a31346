import { exitCodes, type ExitCode } from '../exitCodes.ts';
import { numberAt, objectAt, textAt, type Json } from '../json.ts';
import { progressBar } from '../progressBar.ts';
import type { Session } from '../session.ts';
import { handledBy, progressText } from '../show/operations.ts';

const endings = ['Completed', 'Stopped', 'Canceled', 'Failed'];

const intervalMs = 1000;

export const hasEnded = (operation: Json): boolean => endings.includes(textAt(operation, 'status'));

export const readOperation = async ({ api }: Session, id: string): Promise<Json> =>
  (await api({ method: 'GET', path: `/operations/${encodeURIComponent(id)}` })).json;

/** Done only if the operation got through and no job of it failed again. */
export const operationOutcome = (operation: Json): ExitCode =>
  textAt(operation, 'status') === 'Completed' &&
  numberAt(objectAt(operation, 'outcomes'), 'failedAgain') === 0
    ? exitCodes.done
    : exitCodes.refused;

/** The operation at its end, with a progress bar until then; as it is when a person leaves with Ctrl-C before. */
export const watchOperation = async (session: Session, started: Json): Promise<Json> => {
  const { terminal } = session;
  const interrupted = terminal.takeInterrupts();
  const bar = progressBar(terminal.showsProgress);
  const id = textAt(started, 'id');
  try {
    for (let operation = started; ; operation = await readOperation(session, id)) {
      bar.update(handledBy(operation), numberAt(operation, 'counted'), progressText(operation));
      if (hasEnded(operation) || interrupted.aborted) return operation;
      await terminal.wait(intervalMs, interrupted);
    }
  } finally {
    bar.stop();
  }
};
