import { filteredOutBecause, type Subject } from './filter.ts';
import type { NotificationFilter } from './serviceEndpoint.ts';

/** Endpoints that get a notification posted to `/api/notify` without a name, each as a job of its own. */
export interface Route {
  readonly name: string;
  readonly endpoints: readonly string[];
  readonly filter: NotificationFilter;
}

/** Names of the endpoints that the notification goes to, each once, in the order of the routes. */
export const endpointsFor = (routes: readonly Route[], subject: Subject): string[] => [
  ...new Set(
    routes
      .filter(({ filter }) => filteredOutBecause(filter, subject) === undefined)
      .flatMap(({ endpoints }) => endpoints),
  ),
];
