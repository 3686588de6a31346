/** Chosen rows: some ids, or everything that the filter matches. */
export interface Selection {
  readonly ids: ReadonlySet<string>;
  readonly all: boolean;
  /** Where a range begins. */
  readonly anchor: string | undefined;
}

export const nothingSelected: Selection = { ids: new Set(), all: false, anchor: undefined };

export const isSelected = ({ ids, all }: Selection, id: string): boolean => all || ids.has(id);

const rangeOf = (order: readonly string[], from: string, to: string): string[] => {
  const ends = [order.indexOf(from), order.indexOf(to)].sort((left, right) => left - right);
  const [first = 0, last = 0] = ends;
  return first < 0 ? [to] : order.slice(first, last + 1);
};

/** Turns one row over; the others of a selection of everything are no longer chosen by filter but by id. */
export const toggled = (selection: Selection, id: string, order: readonly string[]): Selection => {
  const ids = new Set(selection.all ? order : selection.ids);
  if (!ids.delete(id)) ids.add(id);
  return { ids, all: false, anchor: id };
};

/** Adds the rows between the one touched last and this one (shift and click). */
export const extended = (selection: Selection, id: string, order: readonly string[]): Selection => {
  const { anchor } = selection;
  if (anchor === undefined) return toggled(selection, id, order);
  const before = selection.all ? order : selection.ids;
  return { ids: new Set([...before, ...rangeOf(order, anchor, id)]), all: false, anchor };
};

/** All rows that are shown, or none when they all are chosen. */
export const allShownToggled = (selection: Selection, order: readonly string[]): Selection => {
  const every = order.length > 0 && order.every((id) => isSelected(selection, id));
  return every ? nothingSelected : { ids: new Set(order), all: false, anchor: undefined };
};

/** Everything that the filter matches, shown or not. */
export const everything = (order: readonly string[]): Selection => ({
  ids: new Set(order),
  all: true,
  anchor: undefined,
});
