/** Remembers what was found for a short time, so that many who ask at once cost what one does. */
export interface ShortMemory<Value> {
  /** What is remembered, else what `load` finds. A failure is not remembered. */
  get(load: () => Promise<Value>): Promise<Value>;
  /** The next who asks sees what has just been written. */
  forget(): void;
}

/**
 * @param keptMs how long something is remembered, in milliseconds.
 * @param elapsedMs a clock that only goes forward.
 */
export const shortMemory = <Value>(keptMs: number, elapsedMs: () => number): ShortMemory<Value> => {
  let kept: { readonly value: Promise<Value>; readonly untilMs: number } | undefined;
  return {
    get: (load) => {
      if (kept !== undefined && elapsedMs() < kept.untilMs) return kept.value;
      const loading = { value: load(), untilMs: elapsedMs() + keptMs };
      kept = loading;
      loading.value.catch(() => {
        if (kept === loading) kept = undefined;
      });
      return loading.value;
    },
    forget: () => {
      kept = undefined;
    },
  };
};
