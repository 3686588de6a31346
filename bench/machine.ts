import { cpus, loadavg, release, totalmem, type } from 'node:os';

/** What the figures were taken on. */
export const machineLine = (): string => {
  const [first] = cpus();
  const memoryGib = (totalmem() / 1024 ** 3).toFixed(0);
  return `${cpus().length} processors (${first?.model.trim() ?? 'unknown'}), ${memoryGib} GiB, ${type()} ${release()}, Node ${process.versions.node}`;
};

/** How busy the machine was with other things: its load average of the last minute. */
export const loadLine = (): string => (loadavg()[0] ?? 0).toFixed(1);
