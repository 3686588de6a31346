import colors from 'picocolors';

/** Colours; none of them where there shall be none. */
export type Paints = ReturnType<typeof colors.createColors>;

export const paintsOf = (enabled: boolean): Paints => colors.createColors(enabled);

/** A job's status in its colour; the word says the same. */
export const paintStatus = (paints: Paints, status: string): string => {
  if (status === 'Succeeded' || status === 'running' || status === 'closed') return paints.green(status);
  if (status === 'Failed' || status === 'open') return paints.red(status);
  if (['Waiting', 'Suspended', 'paused', 'halfOpen', 'draining'].includes(status))
    return paints.yellow(status);
  return status;
};
