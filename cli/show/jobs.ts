import { numberAt, objectAt, objectsAt, textAt, textsAt, type Json } from '../json.ts';
import type { Session } from '../session.ts';
import { paintStatus, type Paints } from './paint.ts';
import { oneLine } from './plain.ts';
import { pairs, table, type Column } from './table.ts';
import { cut } from './width.ts';
import { exact, lengthOf, relative } from './times.ts';

/** The word for where a job stands; "held" and "retrying" are told apart from plain waiting, as on the page. */
export const statusWord = (job: Json): string => {
  const status = textAt(job, 'status');
  if (status !== 'Waiting') return status;
  if (job['held'] === true) return 'Waiting (held)';
  return numberAt(job, 'attemptCount') > 0 ? 'Waiting (retrying)' : status;
};

/** Why the job stands where it does, in one line. */
export const reasonOf = (job: Json): string => {
  const code = textAt(job, 'code');
  const said = textAt(job, 'friendlyMessage');
  return code === '' || textAt(job, 'status') === 'Succeeded' ? said : `${code}: ${said}`;
};

/** The first word of a status in its colour. */
const paintedStatus =
  (paints: Paints) =>
  (status: string): string =>
    status.replace(/^\w+/, (word) => paintStatus(paints, word));

const columnsOf = ({ paints }: Session): readonly Column[] => [
  { title: 'Id' },
  { title: 'Status', paint: paintedStatus(paints) },
  { title: 'Endpoint', shrinksTo: 12, drop: 2 },
  { title: 'Job', shrinksTo: 14, drop: 3 },
  { title: 'Attempts', drop: 5 },
  { title: 'Created', drop: 4 },
  { title: 'Next', drop: 6 },
  { title: 'Reason', shrinksTo: 16, drop: 1 },
];

const rowOf = (job: Json, nowMs: number): readonly string[] => [
  textAt(job, 'id'),
  statusWord(job),
  textAt(job, 'endpoint'),
  textAt(job, 'name'),
  textAt(job, 'attemptCount'),
  relative(textAt(job, 'createdOn'), nowMs),
  job['held'] === true ? '' : relative(textAt(job, 'postponeUntil'), nowMs),
  reasonOf(job),
];

/** Jobs of a list. */
export const jobLines = (session: Session, jobs: readonly Json[]): readonly string[] => {
  const { terminal, paints } = session;
  const nowMs = terminal.now();
  if (jobs.length === 0) return ['No jobs.'];
  return table(
    columnsOf(session),
    jobs.map((job) => rowOf(job, nowMs)),
    terminal.width,
    paints,
  );
};

const attemptLines = ({ terminal, paints }: Session, job: Json): readonly string[] => {
  const attempts = objectsAt(job, 'attempts');
  if (attempts.length === 0) return [];
  const nowMs = terminal.now();
  const rows = attempts.map((attempt) => [
    textAt(attempt, 'attempt'),
    exact(textAt(attempt, 'startedOn'), nowMs),
    lengthOf(numberAt(attempt, 'durationMs')),
    textAt(attempt, 'outcome'),
    textAt(attempt, 'code'),
    textAt(attempt, 'detail') || textAt(attempt, 'brokerAnswer'),
  ]);
  const columns = [
    { title: '#' },
    { title: 'Started', shrinksTo: 23 },
    { title: 'Took', drop: 2 },
    { title: 'Outcome' },
    { title: 'Code', drop: 1 },
    { title: 'Answer', shrinksTo: 12 },
  ];
  return ['', paints.bold('Attempts'), ...table(columns, rows, terminal.width, paints)];
};

const plannedLines = ({ terminal, paints }: Session, job: Json): readonly string[] => {
  const planned = textsAt(job, 'plannedAttempts');
  const nowMs = terminal.now();
  const more = planned.length > 5 ? [`  and ${planned.length - 5} more`] : [];
  return planned.length === 0
    ? []
    : [
        '',
        paints.bold('Planned, if each fails'),
        ...planned.slice(0, 5).map((time) => `  ${exact(time, nowMs)}`),
        ...more,
      ];
};

const askedLines = ({ terminal, paints }: Session, job: Json): readonly string[] => {
  const asked = objectsAt(job, 'asked');
  const nowMs = terminal.now();
  const rows = asked.map((each) => [
    textAt(each, 'action'),
    exact(textAt(each, 'on'), nowMs),
    textAt(each, 'by'),
    textAt(each, 'reason'),
  ]);
  const columns = [
    { title: 'Action' },
    { title: 'On' },
    { title: 'By', drop: 1 },
    { title: 'Reason', shrinksTo: 12 },
  ];
  return asked.length === 0
    ? []
    : ['', paints.bold('Asked by people'), ...table(columns, rows, terminal.width, paints)];
};

const factsOf = ({ terminal, paints }: Session, job: Json): readonly string[] => {
  const nowMs = terminal.now();
  const text = (name: string): string => textAt(job, name);
  const time = (name: string): string => exact(textAt(job, name), nowMs);
  return pairs(
    [
      ['Job', `${text('name')} (${text('messageName')} of ${text('primaryEntityType')})`],
      ['Id', text('id')],
      ['Status', statusWord(job), paintedStatus(paints)],
      ['Reason', reasonOf(job)],
      ['Technical message', text('message')],
      ['Endpoint', text('endpoint')],
      ['Record', text('regardingObjectId')],
      ['Correlation id', text('correlationId')],
      ['Operation id', text('operationId')],
      ['Organization', text('organization')],
      ['Created', time('createdOn')],
      ['Completed', time('completedOn')],
      [job['held'] === true ? 'Looked at again' : 'Next attempt', time('postponeUntil')],
      ['Attempts', text('attemptCount')],
      ['Listener returned', text('answer')],
      ['Body', `${textAt(objectAt(job, 'body'), 'bytes')} bytes`],
      ['Can be asked', textsAt(job, 'actions').join(', ')],
    ],
    paints,
  );
};

/** Everything about one job. */
export const jobDetailLines = (session: Session, job: Json): readonly string[] => [
  ...factsOf(session, job),
  ...attemptLines(session, job),
  ...plannedLines(session, job),
  ...askedLines(session, job),
];

/** One line of `jobs tail`. */
export const tailLine = (session: Session, job: Json): string => {
  const { terminal, paints } = session;
  const time = oneLine(textAt(job, 'modifiedOn')).slice(11, 19);
  const start = `${time}  ${oneLine(textAt(job, 'id'))}  `;
  const status = oneLine(statusWord(job));
  const rest = oneLine(`${textAt(job, 'endpoint')}  ${textAt(job, 'name')}  ${reasonOf(job)}`);
  const room = terminal.width === undefined ? Infinity : terminal.width - start.length - status.length - 2;
  return `${paints.dim(start)}${paintedStatus(paints)(status)}  ${cut(rest, Math.max(0, room))}`;
};
