/** `code` and `clientId` carry the function key. */
const keys = ['code', 'clientId'];

const offered = ['top', 'after'];

export interface PageQuery {
  readonly top: number;
  readonly after?: string;
}

export type PageQueryRead =
  | { readonly kind: 'read'; readonly query: PageQuery }
  | { readonly kind: 'faulty'; readonly faults: readonly string[] };

/** Reads the query of a list that has pages and no filters; every fault is reported. Empty counts as absent. */
export const readPageQuery = (
  entries: Iterable<readonly [string, string]>,
  { top, mostTop }: { readonly top: number; readonly mostTop: number },
  isToken: (text: string) => boolean,
): PageQueryRead => {
  const parameters = new Map([...entries].filter(([, value]) => value !== ''));
  const faults = [...parameters.keys()]
    .filter((name) => !offered.includes(name) && !keys.includes(name))
    .map((name) => `"${name}" is not a parameter; there are ${offered.join(', ')}.`);
  const size = parameters.get('top') ?? String(top);
  const after = parameters.get('after');
  if (!/^\d{1,4}$/.test(size) || Number(size) < 1 || Number(size) > mostTop) {
    faults.push(`top is "${size}"; it must be a whole number from 1 to ${mostTop}.`);
  }
  if (after !== undefined && !isToken(after)) faults.push('after is no token of this list.');
  if (faults.length > 0) return { kind: 'faulty', faults };
  return { kind: 'read', query: { top: Number(size), ...(after === undefined ? {} : { after }) } };
};
