/** Calls `end` once when standard input ends or a signal asks for it: so no child outlives the one who started it. */
export const endWithStdin = (end: () => void): void => {
  let ended = false;
  const once = (): void => {
    if (ended) return;
    ended = true;
    end();
  };
  process.stdin.on('end', once).on('error', once).resume();
  process.on('SIGTERM', once);
  process.on('SIGINT', once);
};
