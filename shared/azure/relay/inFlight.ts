/** Runs work unless as much of its kind is under way as may be; undefined when it was not run. */
export type Limited = <Result>(kind: string, work: () => Promise<Result>) => Promise<Result | undefined>;

/** @param most of one kind at the same time, in this instance of the app. */
export const limited = (most: number): Limited => {
  const underWay = new Map<string, number>();
  const count = (kind: string, change: number): void => {
    underWay.set(kind, (underWay.get(kind) ?? 0) + change);
  };
  return async (kind, work) => {
    if ((underWay.get(kind) ?? 0) >= most) return undefined;
    count(kind, 1);
    try {
      return await work();
    } finally {
      count(kind, -1);
    }
  };
};
