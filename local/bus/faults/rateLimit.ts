/** Tells, for each event, whether it exceeds `perSecond` events within the running second. */
export const createRateLimit = (perSecond: number, nowMs: () => number): (() => boolean) => {
  let second = Number.NaN;
  let events = 0;
  return () => {
    const current = Math.floor(nowMs() / 1000);
    if (current !== second) {
      second = current;
      events = 0;
    }
    events += 1;
    return events > perSecond;
  };
};
