import type { JSX } from 'preact';
import { addressOf } from '../../model/address.ts';
import type { OperationView } from '../../api/operations.ts';
import { progressText } from '../../model/operationProgress.ts';

/** Bulk operations that run now, whoever started them; each leads to its own page. */
export const RunningStrip = ({ running }: { running: readonly OperationView[] }): JSX.Element | null =>
  running.length === 0 ? null : (
    <ul class="running-strip" aria-label="Operations that run now">
      {running.map((operation) => (
        <li key={operation.id}>
          <fluent-spinner size="tiny" aria-hidden="true" />
          <span>{`${operation.action}: ${progressText(operation)}`}</span>
          <a href={addressOf({ view: 'operation', id: operation.id })}>Show the operation</a>
        </li>
      ))}
    </ul>
  );
