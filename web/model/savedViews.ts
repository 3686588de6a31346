import { formatFilter, readFilter, type JobFilter } from './filter.ts';

/** A filter that a person gave a name, kept in the browser. */
export interface SavedView {
  readonly name: string;
  readonly filter: JobFilter;
}

export type SavedViews = readonly SavedView[];

export const longestViewName = 60;

interface Kept {
  readonly name: string;
  readonly query: string;
}

const isKept = (value: unknown): value is Kept => {
  if (typeof value !== 'object' || value === null) return false;
  const { name, query } = value as Partial<Record<keyof Kept, unknown>>;
  return typeof name === 'string' && name !== '' && typeof query === 'string';
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return [];
  }
};

/** Reads what was kept; what is damaged is left out. */
export const readViews = (kept: string | null): SavedViews => {
  const list = parsed(kept ?? '[]');
  return Array.isArray(list)
    ? list.filter(isKept).map(({ name, query }) => ({ name, filter: readFilter(query) }))
    : [];
};

export const writeViews = (views: SavedViews): string =>
  JSON.stringify(views.map(({ name, filter }): Kept => ({ name, query: formatFilter(filter) })));

export const withoutView = (views: SavedViews, name: string): SavedViews =>
  views.filter((view) => view.name !== name);

/** A view of the same name is replaced; they stand in the order of their names. */
export const withView = (views: SavedViews, view: SavedView): SavedViews =>
  [...withoutView(views, view.name), view].sort((a, b) => a.name.localeCompare(b.name));

/** The view that shows just this. */
export const viewOf = (views: SavedViews, filter: JobFilter): SavedView | undefined =>
  views.find((view) => formatFilter(view.filter) === formatFilter(filter));
