import type { QueueCounts } from '../broker/queueCounts.ts';
import type { TopicCounts } from '../broker/topicOptions.ts';
import type { FaultHit } from '../faults/faultEngine.ts';
import type { HubCounts } from '../hubs/hub.ts';
import type { FaultRule } from '../faults/faultRule.ts';

/**
 * What the control endpoint of the program understands, as HTTP with JSON bodies, below a path that is a secret:
 *
 * - `GET /queues`: {@link QueueCounts} of all queues
 * - `PUT /queues/{name}` with `QueueOptions` but the name: creates it, or puts these settings in the place of all it has; `DELETE` deletes
 * - `GET /topics`: {@link TopicCounts} of all topics
 * - `PUT`, `DELETE /topics/{topic}` with `TopicOptions`, `PUT`, `DELETE /topics/{topic}/subscriptions/{name}` with
 *   `SubscriptionOptions`: the same for these
 * - `GET /event-hubs`: {@link HubCounts} of all event hubs; `PUT`, `DELETE /event-hubs/{name}` with `HubOptions`
 * - `GET`, `PUT`, `DELETE /faults`: the list of {@link FaultRule}
 * - `GET /hits`: the {@link FaultHit} since the faults were put
 * - `POST /stop-listening`, `POST /listen`: an outage, and its end
 * - `POST /advance-clock` with `{ "ms": number }`
 *
 * Errors are `{ "error": string }` with status 400, 404 or 405.
 */
export interface ControlAnswers {
  readonly queues: readonly QueueCounts[];
  readonly topics: readonly TopicCounts[];
  readonly 'event-hubs': readonly HubCounts[];
  readonly faults: readonly FaultRule[];
  readonly hits: readonly FaultHit[];
}
