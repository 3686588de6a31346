/** Lets work go on by itself. An error in it is a mistake of ours; it is logged and ends nothing else. */
export const inBackground = (log: (line: string) => void, work: Promise<unknown>): void => {
  work.catch((error: unknown) =>
    log(
      `Something went wrong here: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    ),
  );
};
