/** The only clock of the app. */
export const now = (): Date => new Date();

/** Calls back after `ms` milliseconds unless the returned function is called before; does not keep the process up. */
export const after = (ms: number, call: () => void): (() => void) => {
  const timer = setTimeout(call, ms);
  timer.unref();
  return () => clearTimeout(timer);
};

/**
 * The result of `work`, if it comes within `ms` milliseconds; the work itself goes on all the same.
 *
 * @throws Error naming `what` when it does not.
 */
export const within = async <Result>(ms: number, what: string, work: Promise<Result>): Promise<Result> => {
  let stop: () => void = () => undefined;
  const late = new Promise<never>((_resolve, reject) => {
    stop = after(ms, () => reject(new Error(`${what} took longer than ${ms} ms.`)));
  });
  return Promise.race([work, late]).finally(() => stop());
};
