/** Resolves with the reason when the program shall end: a signal, or (if it was asked to) the end of its input. */
export const untilTold = (exitWithStdin: boolean, stdinEnded: Promise<void>): Promise<string> =>
  new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve(signal));
    if (exitWithStdin) void stdinEnded.then(() => resolve('the end of standard input'));
  });
