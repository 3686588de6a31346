import { formatFilter, readFilter, unknownIn, type JobFilter } from './filter.ts';

/** A place on the page. It stands in the address's fragment, so one file serves all and a link reproduces it. */
export type Place =
  | { readonly view: 'overview' }
  /** `unknown`: names in the address that are no filters; without them it would show more than was meant. */
  | { readonly view: 'jobs'; readonly filter: JobFilter; readonly unknown?: readonly string[] }
  | { readonly view: 'job'; readonly id: string; readonly tab: string }
  | { readonly view: 'endpoints' }
  | { readonly view: 'endpoint'; readonly name: string }
  | { readonly view: 'operations' }
  | { readonly view: 'operation'; readonly id: string }
  | { readonly view: 'unknown'; readonly path: string };

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

const jobsAt = (query: string): Place => {
  const unknown = unknownIn(query);
  return { view: 'jobs', filter: readFilter(query), ...(unknown.length === 0 ? {} : { unknown }) };
};

/** Reads a fragment like `#/jobs?status=Failed`. */
export const readAddress = (hash: string): Place => {
  const [path = '', query = ''] = hash.replace(/^#/, '').split(/\?(.*)/s);
  const [first = '', second = '', third = ''] = path.split('/').slice(1).map(decoded);
  if (first === '') return { view: 'overview' };
  if (first === 'jobs' && second === '') return jobsAt(query);
  if (first === 'jobs') return { view: 'job', id: second, tab: third };
  if (first === 'endpoints') {
    return second === '' ? { view: 'endpoints' } : { view: 'endpoint', name: second };
  }
  if (first === 'operations') {
    return second === '' ? { view: 'operations' } : { view: 'operation', id: second };
  }
  return { view: 'unknown', path };
};

const pathOf = (place: Place): string => {
  switch (place.view) {
    case 'overview':
      return '';
    case 'jobs': {
      const query = formatFilter(place.filter);
      return query === '' ? 'jobs' : `jobs?${query}`;
    }
    case 'job':
      return `jobs/${encodeURIComponent(place.id)}${place.tab === '' ? '' : `/${encodeURIComponent(place.tab)}`}`;
    case 'endpoint':
      return `endpoints/${encodeURIComponent(place.name)}`;
    case 'operation':
      return `operations/${encodeURIComponent(place.id)}`;
    case 'endpoints':
    case 'operations':
      return place.view;
    case 'unknown':
      return place.path.replace(/^\//, '');
  }
};

/** The fragment of a place, for links. */
export const addressOf = (place: Place): string => `#/${pathOf(place)}`;
