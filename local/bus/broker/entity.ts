import type { IncomingMessage } from '../wire/messageParts.ts';
import type { Rule } from '../rules/rule.ts';
import type { Accepted } from './acceptor.ts';
import type { Lane } from './change.ts';
import type { QueueCounts } from './queueCounts.ts';
import type { QueueSettings } from './queueSettings.ts';
import type { Receivable } from './receivable.ts';
import type { Refusal } from './refusal.ts';

/** What messages are sent to or received from: a queue, a topic or a subscription. */
export interface Entity {
  readonly settings: QueueSettings;
  /** Stores the messages of one transfer. A subscription takes none. */
  accept(messages: readonly IncomingMessage[]): Promise<Accepted | Refusal>;
  cancelScheduled(sequenceNumbers: readonly number[]): Promise<Refusal | undefined>;
  /** Undefined for a topic. */
  readonly receivable: Readonly<Record<Lane, Receivable>> | undefined;
  /** Undefined unless it is a subscription. */
  readonly rules: RuleBook | undefined;
  counts(): QueueCounts;
  /** Looks again whether somebody can be served, after settings have changed. */
  wake(): void;
  close(): void;
}

/** The rules of a subscription; changes resolve when they are stored. */
export interface RuleBook {
  list(): readonly Rule[];
  readonly add: (rule: Rule) => Promise<Refusal | undefined>;
  readonly remove: (name: string) => Promise<Refusal | undefined>;
}
