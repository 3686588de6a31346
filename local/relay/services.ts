import type { Clock } from '../bus/clock/clock.ts';
import type { Authorize } from './access/authorize.ts';
import type { RendezvousDesk } from './channel/rendezvous.ts';
import type { Entities } from './entity/entities.ts';
import type { FaultEngine } from './faults/faultEngine.ts';

/** What the two sides of the relay work with. */
export interface RelayServices {
  readonly entities: Entities;
  readonly authorize: Authorize;
  readonly desk: RendezvousDesk;
  readonly faults: FaultEngine;
  readonly tokenClock: Clock;
  /** How long a listener may take to answer. */
  readonly answerWithinMs: number;
  /** Name and port under which the relay is reached; senders find it in `Via`. */
  readonly host: () => string;
  readonly log: (line: string) => void;
}
