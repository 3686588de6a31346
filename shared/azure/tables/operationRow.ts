import { bulkActions } from '../../operation/bulkAction.ts';
import {
  operationPhases,
  type JobResult,
  type ListedOperation,
  type Operation,
} from '../../operation/operation.ts';
import type { OperationId } from '../../operation/operationId.ts';
import { operationStatuses } from '../../operation/operationStatus.ts';

/**
 * A bulk operation as a table row: partition `operations`, row key its id, so newest first. What people look for has
 * columns of its own, the rest is JSON. The ids of an explicit choice are bytes: a thousand of them are too long for a
 * text column (32,767 characters).
 */
export const operationsPartition = 'operations';

/**
 * Results of an operation lie in partitions of their own, one for each shard of jobs, so that none grows with the whole
 * of it; row key is the job's id.
 */
export const resultsPartition = (id: OperationId, shard: string): string => `operation-${id}-${shard}`;

export type OperationRow = Readonly<Record<string, unknown>>;

type Columns = Readonly<Record<string, string | number | boolean | Uint8Array>>;

/** Members that are times, wherever they stand in the JSON. */
const times = ['until', 'cutOff', 'from', 'to', 'nextBefore', 'startedOn', 'completedOn'].concat(
  'nextPickOn',
  'watchedSince',
  'lookOn',
);

const revived = (name: string, value: unknown): unknown =>
  times.includes(name) && typeof value === 'string' ? new Date(value) : value;

/** Columns that change while an operation lives. */
export const progressColumns = ({
  startedOn,
  completedOn,
  position,
  exhausted,
  picked,
  actFaults,
  nextPickOn,
  steps,
  refused,
  missing,
  failed,
  watchedSince,
  lookOn,
  lookAfter,
  staged,
  ...rest
}: Operation): Columns => {
  const counts = {
    startedOn,
    completedOn,
    exhausted,
    actFaults,
    nextPickOn,
    steps,
    refused,
    missing,
    failed,
  };
  return {
    status: rest.status,
    phase: rest.phase,
    message: rest.message,
    modifiedOn: rest.modifiedOn.toISOString(),
    progress: JSON.stringify({ ...counts, watchedSince, lookOn, lookAfter }),
    position: JSON.stringify(position),
    picked: picked.join(),
    staged: JSON.stringify(staged),
  };
};

/** Columns that an operation has from the start. */
export const requestColumns = (operation: Operation): Columns => {
  const { action, by, reason, createdOn, counted, countedAll, until, cutOff, ratePerMinute, canary } =
    operation;
  const { ids, ...filter } = operation.filter;
  return {
    action,
    by,
    reason,
    createdOn: createdOn.toISOString(),
    counted,
    countedAll,
    request: JSON.stringify({ filter, until, cutOff, ratePerMinute, canary, idCount: ids?.length }),
    ...(ids === undefined ? {} : { ids: new TextEncoder().encode(ids.join()) }),
  };
};

const text = (row: OperationRow, column: string): string => {
  const value = row[column];
  if (typeof value !== 'string') throw new Error(`Operation ${String(row['rowKey'])} has no ${column}.`);
  return value;
};

/** What a later version may have written is no word of ours: such an operation is not acted on (B-14). */
const oneOf = <Word extends string>(row: OperationRow, column: string, words: readonly Word[]): Word => {
  const value = text(row, column);
  const word = words.find((each) => each === value);
  if (word === undefined) throw new Error(`the ${column} "${value}" is unknown.`);
  return word;
};

const time = (row: OperationRow, column: string): Date => {
  const value = new Date(text(row, column));
  if (Number.isNaN(value.getTime()))
    throw new Error(`${column} is "${text(row, column)}", which is no time.`);
  return value;
};

const json = (row: OperationRow, column: string): unknown => JSON.parse(text(row, column), revived);

const listIn = (value: string): string[] => (value === '' ? [] : value.split(','));

const idsOf = (value: unknown): object =>
  value instanceof Uint8Array ? { ids: listIn(new TextDecoder().decode(value)) } : {};

type Request = Pick<ListedOperation, 'filter' | 'until' | 'cutOff' | 'ratePerMinute' | 'canary'>;

type Counts = Pick<
  Operation,
  'exhausted' | 'actFaults' | 'nextPickOn' | 'steps' | 'refused' | 'missing' | 'failed'
> &
  Partial<Pick<Operation, 'startedOn' | 'completedOn' | 'watchedSince' | 'lookOn' | 'lookAfter'>>;

const requestOf = (row: OperationRow): Request => {
  const request = json(row, 'request') as Pick<Request, 'filter' | 'cutOff' | 'ratePerMinute'> &
    Partial<Request>;
  return {
    filter: request.filter,
    until: request.until,
    cutOff: request.cutOff,
    ratePerMinute: request.ratePerMinute,
    canary: request.canary,
  };
};

/** JSON leaves out what is undefined. */
const countsOf = (row: OperationRow) => {
  const counts = json(row, 'progress') as Counts;
  const { startedOn, completedOn, watchedSince, lookOn, lookAfter } = counts;
  const steps = counts.steps.map((step) => ({ ...step, size: step.size }));
  return { ...counts, startedOn, completedOn, watchedSince, lookOn, lookAfter, steps };
};

/** Columns of {@link listedOfRow}: all but those that can be long. */
export const columnsOfLists = [
  'RowKey',
  'action',
  'by',
  'reason',
  'createdOn',
  'counted',
  'countedAll',
].concat(['request', 'status', 'phase', 'message', 'modifiedOn', 'progress']);

const commonOfRow = (row: OperationRow): Omit<ListedOperation, 'idCount'> => ({
  ...requestOf(row),
  ...countsOf(row),
  id: text(row, 'rowKey'),
  action: oneOf(row, 'action', bulkActions),
  by: text(row, 'by'),
  reason: text(row, 'reason'),
  createdOn: time(row, 'createdOn'),
  counted: Number(row['counted']),
  countedAll: row['countedAll'] === true,
  status: oneOf(row, 'status', operationStatuses),
  phase: oneOf(row, 'phase', operationPhases),
  message: text(row, 'message'),
  modifiedOn: time(row, 'modifiedOn'),
});

/** @throws Error when the row is damaged. */
export const listedOfRow = (row: OperationRow): ListedOperation => ({
  ...commonOfRow(row),
  idCount: (json(row, 'request') as { readonly idCount?: number }).idCount,
});

/** @throws Error when the row is damaged. */
export const operationOfRow = (row: OperationRow): Operation => {
  const common = commonOfRow(row);
  return {
    ...common,
    filter: { ...common.filter, ...idsOf(row['ids']) },
    position: json(row, 'position') as Operation['position'],
    picked: listIn(text(row, 'picked')),
    staged: json(row, 'staged') as Operation['staged'],
  };
};

/** Columns of a result; no outcome is an empty text. */
export const resultColumns = ({ result, detail, step, outcome }: JobResult): Columns => ({
  result,
  detail,
  step,
  outcome: outcome ?? '',
});

export const resultOfRow = (row: OperationRow): JobResult => ({
  jobId: text(row, 'rowKey'),
  result: text(row, 'result') as JobResult['result'],
  detail: text(row, 'detail'),
  step: Number(row['step']),
  outcome: (text(row, 'outcome') || undefined) as JobResult['outcome'],
});
