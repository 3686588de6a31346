/** The only clock of the app. */
export const now = (): Date => new Date();

/** Calls back after `ms` milliseconds unless the returned function is called before; does not keep the process up. */
export const after = (ms: number, call: () => void): (() => void) => {
  const timer = setTimeout(call, ms);
  timer.unref();
  return () => clearTimeout(timer);
};
