/** Runs jobs in the order they come, at most `limit` at a time. */
export interface LimitedQueue<Job> {
  push(job: Job): void;
  /** Jobs that run or wait. */
  readonly size: number;
  /** Starts nothing more; what runs goes on. */
  readonly stop: () => void;
}

/** `run` never rejects; `settled` is called after each job. */
export const limitedQueue = <Job>(
  limit: number,
  run: (job: Job) => Promise<void>,
  settled: () => void,
): LimitedQueue<Job> => {
  const waiting: Job[] = [];
  let running = 0;
  let head = 0;
  let stopped = false;
  const next = (): void => {
    while (!stopped && running < limit && head < waiting.length) {
      const job = waiting[head] as Job;
      head += 1;
      running += 1;
      void run(job).finally(finished);
    }
    if (head === waiting.length && head > 0) {
      waiting.length = 0;
      head = 0;
    }
  };
  const finished = (): void => {
    running -= 1;
    next();
    settled();
  };
  return {
    push: (job) => {
      waiting.push(job);
      next();
    },
    get size() {
      return running + (stopped ? 0 : waiting.length - head);
    },
    stop: () => {
      stopped = true;
    },
  };
};
