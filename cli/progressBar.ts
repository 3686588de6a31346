import cliProgress from 'cli-progress';

/** A bar on standard error. */
export interface ProgressBar {
  /** @param text stands behind the bar. */
  update(value: number, total: number, text: string): void;
  stop(): void;
}

/** Shows nothing where standard error is no terminal. */
export const progressBar = (isShown: boolean): ProgressBar => {
  if (!isShown) return { update: () => undefined, stop: () => undefined };
  const bar = new cliProgress.SingleBar({
    format: '{bar} {value}/{total}  {text}',
    stream: process.stderr,
    clearOnComplete: false,
    hideCursor: true,
    barsize: 30,
  });
  bar.start(1, 0, { text: '' });
  return {
    update: (value, total, text) => {
      bar.setTotal(Math.max(1, total));
      bar.update(value, { text });
    },
    stop: () => bar.stop(),
  };
};
