/** A priority queue: the item with the smallest key comes out first. */
export interface Heap<Item> {
  readonly size: number;
  peek(): Item | undefined;
  pop(): Item | undefined;
  push(item: Item): void;
}

interface Entry<Item> {
  readonly key: number;
  readonly item: Item;
}

const siftUp = <Item>(entries: Entry<Item>[], entry: Entry<Item>): void => {
  let index = entries.length;
  entries.push(entry);
  while (index > 0) {
    const parentIndex = (index - 1) >> 1;
    const parent = entries[parentIndex];
    if (parent === undefined || parent.key <= entry.key) break;
    entries[index] = parent;
    index = parentIndex;
  }
  entries[index] = entry;
};

/** Puts `entry` in the place of the first one. */
const siftDown = <Item>(entries: Entry<Item>[], entry: Entry<Item>): void => {
  let index = 0;
  for (;;) {
    const left = entries[2 * index + 1];
    const right = entries[2 * index + 2];
    const child = right !== undefined && left !== undefined && right.key < left.key ? right : left;
    if (child === undefined || child.key >= entry.key) break;
    entries[index] = child;
    index = child === right ? 2 * index + 2 : 2 * index + 1;
  }
  entries[index] = entry;
};

/** `keyOf` is asked once, when an item is pushed. Keys that only grow cost nothing to push. */
export const createHeap = <Item>(keyOf: (item: Item) => number): Heap<Item> => {
  const entries: Entry<Item>[] = [];
  return {
    get size() {
      return entries.length;
    },
    peek: () => entries[0]?.item,
    pop: () => {
      const first = entries[0];
      const last = entries.pop();
      if (last !== undefined && entries.length > 0) siftDown(entries, last);
      return first?.item;
    },
    push: (item) => siftUp(entries, { key: keyOf(item), item }),
  };
};
