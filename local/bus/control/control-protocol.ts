import type { QueueCounts } from '../broker/queue-counts.ts';
import type { QueueOptions } from '../broker/queue-settings.ts';
import type { FaultHit } from '../faults/fault-engine.ts';
import type { FaultRule } from '../faults/fault-rule.ts';

/**
 * What the control endpoint of the program understands, as HTTP with JSON bodies, below a path that is a secret:
 *
 * - `GET /queues`: {@link QueueCounts} of all queues
 * - `PUT /queues/{name}` with {@link QueueOptions} without the name: creates or changes; `DELETE` deletes
 * - `GET`, `PUT`, `DELETE /faults`: the list of {@link FaultRule}
 * - `GET /hits`: the {@link FaultHit} since the faults were put
 * - `POST /stop-listening`, `POST /listen`: an outage, and its end
 * - `POST /advance-clock` with `{ "ms": number }`
 *
 * Errors are `{ "error": string }` with status 400, 404 or 405.
 */
export interface ControlAnswers {
  readonly queues: readonly QueueCounts[];
  readonly faults: readonly FaultRule[];
  readonly hits: readonly FaultHit[];
}

/** Settings of a queue without its name, which is in the address. */
export type QueueBody = Omit<QueueOptions, 'name'>;

export interface ControlError {
  readonly error: string;
}
