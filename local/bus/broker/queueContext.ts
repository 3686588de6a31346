import type { Alarm } from '../clock/alarm.ts';
import type { Clock } from '../clock/clock.ts';
import type { Ledger } from './ledger.ts';
import type { QueueState } from './state.ts';

/** What the parts of one queue share. */
export interface QueueContext {
  /** As {@link queueKey}. */
  readonly key: string;
  readonly state: QueueState;
  readonly clock: Clock;
  readonly ledger: Ledger;
  /** Rings when a lock, a time to live or a schedule may be due. */
  readonly alarm: Alarm;
}
