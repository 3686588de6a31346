import type { AccessKey } from '../sas/accessKey.ts';
import type { QueueOptions } from './broker/queueSettings.ts';
import type { TopicOptions } from './broker/topicOptions.ts';
import type { Clock } from './clock/clock.ts';
import type { HubOptions } from './hubs/hubSettings.ts';
import type { FaultRule } from './faults/faultRule.ts';

/** What can be said of a bus in a file. */
export interface BusConfig {
  /** Port on 127.0.0.1; 0 or absent: any free one. */
  readonly port?: number;
  /** Queues to create, or to change when the state folder knows them already. */
  readonly queues?: readonly QueueOptions[];
  /** The same for topics with their subscriptions. */
  readonly topics?: readonly TopicOptions[];
  /** The same for event hubs. In Azure these have a namespace of their own. */
  readonly eventHubs?: readonly HubOptions[];
  /** Keys of the namespace; absent: `rootKey`. */
  readonly keys?: readonly AccessKey[];
  /** Where the state is kept; absent: in memory. */
  readonly stateFolder?: string;
  /** Wait for the disk at each write: what was answered survives a power cut, not only the end of the process. */
  readonly sync?: boolean;
  readonly faults?: readonly FaultRule[];
}

export interface BusOptions extends BusConfig {
  /** Time of locks, schedules, times to live and duplicate detection; the machine's when absent. */
  readonly clock?: Clock;
  /** Time by which tokens expire; the machine's when absent, since clients stamp tokens with theirs. */
  readonly tokenClock?: Clock;
  /** Gets a line whenever a client breaks the protocol; dropped when absent. */
  readonly log?: (line: string) => void;
}
