/**
 * Does `work` for every item, `breadth` of them at a time.
 *
 * @throws the first error, when all work that was begun has ended; nothing new is begun after it.
 */
export const inParallel = async <Item>(
  items: readonly Item[],
  breadth: number,
  work: (item: Item, index: number) => Promise<void>,
): Promise<void> => {
  const left = items.entries();
  const errors: unknown[] = [];
  const lane = async (): Promise<void> => {
    for (const [index, item] of left) {
      if (errors.length > 0) return;
      await work(item, index).catch((error: unknown) => errors.push(error));
    }
  };
  await Promise.all(Array.from({ length: breadth }, lane));
  if (errors.length > 0) throw errors[0];
};
