import type { NotificationFilter } from './serviceEndpoint.ts';

interface Subject {
  readonly messageName: string;
  readonly primaryEntityName: string;
}

const holds = (names: readonly string[], name: string): boolean =>
  names.length === 0 || names.some((each) => each.toLowerCase() === name.toLowerCase());

/** Why the endpoint does not want this notification; undefined when it does. */
export const filteredOutBecause = (filter: NotificationFilter, subject: Subject): string | undefined => {
  if (!holds(filter.messages, subject.messageName)) {
    return `The endpoint takes the messages ${filter.messages.join(', ')}, not ${subject.messageName}.`;
  }
  if (!holds(filter.tables, subject.primaryEntityName)) {
    return `The endpoint takes the tables ${filter.tables.join(', ')}, not ${subject.primaryEntityName}.`;
  }
  return undefined;
};
