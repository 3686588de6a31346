import { compileRules, type Matches } from '../rules/matching.ts';
import { defaultRules } from '../rules/rule.ts';
import type { MessageFacts } from '../rules/messageFacts.ts';
import { shorterTtlMs } from './acceptor.ts';
import type { Copies } from './change.ts';
import type { NewMessage } from './message.ts';
import type { Queue } from './queue.ts';
import { queueKey } from './queueSettings.ts';
import type { QueueState } from './state.ts';

/** The topic's view of one of its subscriptions. */
export interface Subscription {
  readonly queue: Queue;
  readonly state: QueueState;
  readonly matches: Matches;
}

/** Filters are read anew only when the rules have changed. */
export const createSubscription = (state: QueueState, queue: Queue): Subscription => {
  let rules = state.settings.rules ?? defaultRules;
  let compiled = compileRules(rules);
  return {
    queue,
    state,
    matches: (facts) => {
      const current = state.settings.rules ?? defaultRules;
      if (current !== rules) {
        rules = current;
        compiled = compileRules(rules);
      }
      return compiled(facts);
    },
  };
};

/** A message on its way, with what filters see of it. */
export interface Published {
  readonly message: NewMessage;
  readonly facts: MessageFacts;
}

/** What a subscription gets of some messages; undefined when it gets nothing. Its own numbers, its own time to live. */
export const copiesFor = (
  { state, matches }: Subscription,
  published: readonly Published[],
): Copies | undefined => {
  const { name, status, defaultTimeToLiveMs } = state.settings;
  if (status === 'Disabled') return undefined;
  const messages = published
    .filter(({ facts }) => matches(facts))
    .map(({ message }, index) => ({
      ...message,
      sequenceNumber: state.lastSequenceNumber + 1 + index,
      ttlMs: shorterTtlMs(message.ttlMs, defaultTimeToLiveMs),
    }));
  return messages.length === 0 ? undefined : { queue: queueKey(name), messages };
};
