import { cpus, loadavg, release, totalmem, type } from 'node:os';

/** Major and minor version: what follows says who built it. */
const kernel = (): string => release().split('.').slice(0, 2).join('.');

/** What the figures were taken on. */
export const machineLine = (): string => {
  const [first] = cpus();
  const memoryGib = (totalmem() / 1024 ** 3).toFixed(0);
  return `${cpus().length} processors (${first?.model.trim() ?? 'unknown'}), ${memoryGib} GiB, ${type()} ${kernel()}, Node ${process.versions.node}`;
};

/** How busy the machine was with other things: its load average of the last minute. */
export const loadLine = (): string => (loadavg()[0] ?? 0).toFixed(1);
