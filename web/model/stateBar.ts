import type { Summary } from '../api/shapes.ts';
import type { JobFilter } from './filter.ts';
import type { Display } from './jobs.ts';

/** One counter of the state bar, which is a filter too. */
export interface Counter {
  readonly display: Display;
  /** Undefined where counting would mean reading everything. */
  readonly count: number | undefined;
  readonly unit: string;
  readonly filter: JobFilter;
}

/** In the order of need: what a person has to mend, what mends itself, what is done. */
export const countersOf = (summary: Summary | undefined): Counter[] => {
  const { statuses, held, retrying, delivered } = summary ?? {};
  const counter = (display: Display, count: number | undefined, filter: JobFilter, unit = ''): Counter => ({
    display,
    count,
    unit,
    filter,
  });
  return [
    counter('Failed', statuses?.Failed, { status: 'Failed' }),
    counter('Suspended', statuses?.Suspended, { status: 'Suspended' }),
    counter('Waiting', statuses?.Waiting, { status: 'Waiting' }),
    counter('Retrying', retrying, { retrying: 'true' }, 'of waiting'),
    counter('Held', held, { held: 'true' }, 'of waiting'),
    counter('InProgress', statuses?.InProgress, { status: 'InProgress' }),
    counter('Succeeded', delivered?.lastHour, { status: 'Succeeded' }, 'last hour'),
    counter('Canceled', undefined, { status: 'Canceled' }),
  ];
};
