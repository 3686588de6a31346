import { numberAt, objectAt, objectsAt, textAt, textsAt, type Json } from '../json.ts';
import type { Session } from '../session.ts';
import { oneLine } from './plain.ts';
import { pairs, table } from './table.ts';
import { exact, relative } from './times.ts';

/** Jobs that are dealt with, however it ended. */
export const handledBy = (operation: Json): number =>
  ['done', 'refused', 'missing', 'failed'].reduce((sum, name) => sum + numberAt(operation, name), 0);

/** `endpoint=orders code=Unauthorized` */
const filterText = (operation: Json): string => {
  const count = operation['idCount'];
  return Object.entries(objectAt(operation, 'filter'))
    .filter(([name]) => name !== 'ids')
    .map(([name, value]) => `${name}=${String(value)}`)
    .concat(typeof count === 'number' ? [`ids=${count} ids`] : [])
    .join(' ');
};

export const operationLines = (
  { terminal, paints }: Session,
  operations: readonly Json[],
): readonly string[] => {
  if (operations.length === 0) return ['No bulk operations yet.'];
  const nowMs = terminal.now();
  const rows = operations.map((operation) => [
    textAt(operation, 'id'),
    textAt(operation, 'action'),
    textAt(operation, 'status'),
    `${handledBy(operation)}/${textAt(operation, 'counted')}`,
    textAt(objectAt(operation, 'outcomes'), 'failedAgain'),
    relative(textAt(operation, 'createdOn'), nowMs),
    textAt(operation, 'by'),
    textAt(operation, 'reason'),
    filterText(operation),
  ]);
  const columns = [
    { title: 'Id' },
    { title: 'Action' },
    { title: 'Status' },
    { title: 'Jobs' },
    { title: 'Failed again', drop: 4 },
    { title: 'Started', drop: 3 },
    { title: 'By', shrinksTo: 8, drop: 5 },
    { title: 'Reason', shrinksTo: 10, drop: 1 },
    { title: 'Jobs that', shrinksTo: 10, drop: 2 },
  ];
  return table(columns, rows, terminal.width, paints);
};

const stepLines = ({ terminal, paints }: Session, operation: Json): readonly string[] => {
  const steps = objectsAt(operation, 'steps');
  const rows = steps.map((step) => [
    textAt(step, 'size') || 'the rest',
    textAt(step, 'done'),
    textAt(step, 'failedAgain'),
    textAt(step, 'status'),
  ]);
  const columns = [{ title: 'Step' }, { title: 'Done' }, { title: 'Failed again' }, { title: 'Status' }];
  return steps.length === 0
    ? []
    : ['', paints.bold('Steps'), ...table(columns, rows, terminal.width, paints)];
};

/** Everything about one operation. */
export const operationDetailLines = (session: Session, operation: Json): readonly string[] => {
  const nowMs = session.terminal.now();
  const text = (name: string): string => textAt(operation, name);
  const time = (name: string): string => exact(textAt(operation, name), nowMs);
  const outcomes = objectAt(operation, 'outcomes');
  return [
    ...pairs(
      [
        ['Operation', text('id')],
        ['Action', text('action')],
        ['Jobs that', filterText(operation)],
        ['Status', text('status')],
        ['Message', text('message')],
        ['Counted', `${text('counted')}${operation['countedAll'] === false ? ' or more' : ''}`],
        ['Done', text('done')],
        ['Refused', text('refused')],
        ['Missing', text('missing')],
        ['Failed', text('failed')],
        ['Succeeded', textAt(outcomes, 'succeeded')],
        ['Failed again', textAt(outcomes, 'failedAgain')],
        ['Pending', textAt(outcomes, 'pending')],
        ['Rate', `${text('ratePerMinute')} a minute`],
        ['By', text('by')],
        ['Reason', text('reason')],
        ['Cut-off', time('cutOff')],
        ['Created', time('createdOn')],
        ['Ends about', time('estimatedEndOn')],
        ['Completed', time('completedOn')],
        ['Can be asked', textsAt(operation, 'actions').join(', ')],
      ],
      session.paints,
    ),
    ...stepLines(session, operation),
  ];
};

/** The operation in one line, for progress. */
export const progressText = (operation: Json): string => {
  const outcomes = objectAt(operation, 'outcomes');
  const failedAgain = numberAt(outcomes, 'failedAgain');
  const succeeded = numberAt(outcomes, 'succeeded');
  const pending = numberAt(outcomes, 'pending');
  return oneLine(
    `${textAt(operation, 'status')}${pending > 0 ? `, ${pending} not known yet` : ''}${succeeded > 0 ? `, ${succeeded} succeeded` : ''}${failedAgain > 0 ? `, ${failedAgain} failed again` : ''}`,
  );
};
