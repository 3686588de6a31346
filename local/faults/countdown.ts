/** How often a rule strikes. */
export interface Countdown {
  /** How many times it strikes; once when absent. */
  readonly howOften?: number | 'always';
  /** How many times it lets pass first. */
  readonly afterHowMany?: number;
}

/** Tells, each time it is asked, whether the rule strikes: it first lets pass, then strikes, then is spent. */
export const createCountdown = ({ howOften = 1, afterHowMany = 0 }: Countdown): (() => boolean) => {
  let toPass = afterHowMany;
  let left = howOften === 'always' ? Number.POSITIVE_INFINITY : howOften;
  return () => {
    if (toPass > 0) {
      toPass -= 1;
      return false;
    }
    left -= 1;
    return left >= 0;
  };
};
