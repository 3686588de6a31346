import type { NotificationFilter } from './serviceEndpoint.ts';

export interface Subject {
  readonly messageName: string;
  readonly primaryEntityName: string;
  readonly stage: number | undefined;
  /** Columns in the target of an Update; undefined for other messages. */
  readonly changedColumns: readonly string[] | undefined;
}

const includes = (names: readonly string[], name: string): boolean =>
  names.some((each) => each.toLowerCase() === name.toLowerCase());

const holds = (names: readonly string[], name: string): boolean =>
  names.length === 0 || includes(names, name);

/** Why an endpoint or a route does not want this notification; undefined when it does. */
export const filteredOutBecause = (filter: NotificationFilter, subject: Subject): string | undefined => {
  const { messageName, primaryEntityName, stage, changedColumns } = subject;
  if (!holds(filter.messages, messageName)) {
    return `Taken are the messages ${filter.messages.join(', ')}, not ${messageName}.`;
  }
  if (!holds(filter.tables, primaryEntityName)) {
    return `Taken are the tables ${filter.tables.join(', ')}, not ${primaryEntityName}.`;
  }
  if (filter.stages.length > 0 && (stage === undefined || !filter.stages.includes(stage))) {
    return `Taken are the stages ${filter.stages.join(', ')}, not ${stage ?? 'none'}.`;
  }
  const wanted = filter.changedColumns;
  if (wanted.length > 0 && changedColumns?.some((column) => includes(wanted, column)) === false) {
    return `Taken are updates of ${wanted.join(', ')}; none of them was changed.`;
  }
  return undefined;
};
