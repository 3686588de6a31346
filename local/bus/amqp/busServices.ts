import type { Authorizer } from '../auth/authorize.ts';
import type { Broker } from '../broker/broker.ts';
import type { Clock } from '../clock/clock.ts';
import type { FaultEngine } from '../faults/faultEngine.ts';

/** What the AMQP side works with. */
export interface BusServices {
  readonly broker: Broker;
  readonly authorizer: Authorizer;
  readonly faults: FaultEngine;
  readonly clock: Clock;
  /** Time by which tokens expire. */
  readonly tokenClock: Clock;
  /** The URI of an entity as error texts name it. */
  readonly uriOf: (path: string) => string;
  /** One line for the person who runs the broker. */
  readonly log: (line: string) => void;
}
