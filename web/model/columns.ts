const usual = [
  'status',
  'name',
  'record',
  'endpoint',
  'created',
  'changed',
  'next',
  'attempts',
  'error',
] as const;

/** Columns of the list, in the order in which they are offered. */
export const columnNames = [...usual, 'occurred', 'completed', 'duration', 'organization'] as const;

export type ColumnName = (typeof columnNames)[number];

/** What is shown, from left to right; the name, which leads to the job, is always among them. */
export type Columns = readonly ColumnName[];

export const columnLabels: Readonly<Record<ColumnName, string>> = {
  status: 'Status',
  name: 'Name',
  record: 'Record',
  endpoint: 'Endpoint',
  created: 'Created',
  changed: 'Last change',
  next: 'Next attempt',
  attempts: 'Attempts',
  error: 'Last error',
  occurred: 'Happened in Dataverse',
  completed: 'Completed',
  duration: 'Duration',
  organization: 'Organization',
};

export const usualColumns: Columns = usual;

const isColumnName = (name: string): name is ColumnName => (columnNames as readonly string[]).includes(name);

/** Reads what was kept; what another version of the page kept and this one does not know is left out. */
export const readColumns = (kept: string | null): Columns => {
  const known = [...new Set((kept ?? '').split(',').filter(isColumnName))];
  if (known.length === 0) return usualColumns;
  return known.includes('name') ? known : ['name', ...known];
};

export const writeColumns = (columns: Columns): string => columns.join(',');

export const isUsual = (columns: Columns): boolean => writeColumns(columns) === writeColumns(usualColumns);

/** Shows a column, as the last one, or hides it. */
export const columnToggled = (columns: Columns, name: ColumnName): Columns => {
  if (name === 'name') return columns;
  return columns.includes(name) ? columns.filter((each) => each !== name) : [...columns, name];
};

/** Moves a column by one place: -1 to the left, 1 to the right. */
export const columnMoved = (columns: Columns, name: ColumnName, by: -1 | 1): Columns => {
  const from = columns.indexOf(name);
  const to = from + by;
  const other = columns[to];
  return from === -1 || other === undefined ? columns : columns.with(from, other).with(to, name);
};
