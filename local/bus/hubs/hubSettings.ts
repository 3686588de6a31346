import type { AccessKey } from '../../sas/accessKey.ts';

/** An event hub. Durations are milliseconds. */
export interface HubSettings {
  /** Case is kept but not told apart. */
  readonly name: string;
  /** May grow but not shrink. */
  readonly partitions: number;
  /** Besides `$Default`, which is always there. */
  readonly consumerGroups: readonly string[];
  /** Of one transfer, batches too. 1 MiB; 256 KiB in the basic tier. */
  readonly maxMessageBytes: number;
  /** How long an event can be read. */
  readonly retentionMs: number;
  /** How many events a partition holds at most; the oldest go first. Azure has no such limit. */
  readonly maxEventsPerPartition: number;
  readonly status: 'Active' | 'Disabled' | 'SendDisabled';
  /** Keys that open this hub only. */
  readonly keys: readonly AccessKey[];
}

/** All but the name may be left out. */
export type HubOptions = Partial<HubSettings> & Pick<HubSettings, 'name'>;

const defaults: Omit<HubSettings, 'name'> = {
  partitions: 4,
  consumerGroups: [],
  maxMessageBytes: 1024 ** 2,
  retentionMs: 24 * 3_600_000,
  maxEventsPerPartition: 10_000,
  status: 'Active',
  keys: [],
};

export const hubSettings = (options: HubOptions): HubSettings => ({ ...defaults, ...options });

/** How names of hubs and consumer groups are compared. */
export const hubKey = (name: string): string => name.toLowerCase();
