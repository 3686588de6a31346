import { createAlarm } from '../clock/alarm.ts';
import type { Clock } from '../clock/clock.ts';
import { factsOf } from '../rules/messageFacts.ts';
import { createAcceptor } from './acceptor.ts';
import type { Entity } from './entity.ts';
import type { Ledger } from './ledger.ts';
import type { Message, NewMessage } from './message.ts';
import { countQueue, countTraffic } from './queueCounts.ts';
import type { QueueContext } from './queueContext.ts';
import { queueKey } from './queueSettings.ts';
import { createSchedule } from './schedule.ts';
import type { QueueState } from './state.ts';
import { copiesFor, type Subscription } from './subscription.ts';

export interface TopicOptions {
  readonly state: QueueState;
  readonly clock: Clock;
  readonly ledger: Ledger;
  /** Those there are right now. */
  readonly subscriptions: () => readonly Subscription[];
}

/**
 * A topic at work: a message becomes a copy in every subscription it matches, in one step that is stored as a whole.
 * It keeps nothing itself but scheduled messages, which are matched when their time has come.
 */
export const createTopic = ({ state, clock, ledger, subscriptions }: TopicOptions): Entity => {
  const alarm = createAlarm(clock, () => ring());
  const context: QueueContext = { key: queueKey(state.settings.name), state, clock, ledger, alarm };
  const traffic = countTraffic();

  const publish = (messages: readonly NewMessage[], released: number | undefined) => {
    const targets = subscriptions();
    const due = messages
      .filter(({ scheduledAtMs }) => scheduledAtMs === undefined)
      .map((message) => ({ message, facts: factsOf(message) }));
    const copies = targets
      .map((subscription) => ({ subscription, copies: copiesFor(subscription, due) }))
      .flatMap(({ subscription, copies }) => (copies === undefined ? [] : [{ subscription, copies }]));
    const scheduled = messages.filter(({ scheduledAtMs }) => scheduledAtMs !== undefined);
    const remembers = released === undefined && state.settings.duplicateDetectionWindowMs !== undefined;
    const stored = ledger.commit({
      kind: 'published',
      queue: context.key,
      lastSequenceNumber: messages.at(-1)?.sequenceNumber ?? state.lastSequenceNumber,
      accepted: remembers ? messages.map(({ id, enqueuedAtMs }) => [id, enqueuedAtMs]) : [],
      scheduled,
      released,
      copies: copies.map((each) => each.copies),
    });
    const offer = (): void => {
      for (const { subscription, copies: of } of copies) {
        subscription.queue.takeIn(of.messages.map(({ sequenceNumber }) => sequenceNumber));
      }
      for (const { sequenceNumber } of scheduled) {
        const message = state.lanes.main.get(sequenceNumber);
        if (message !== undefined) schedule.add(message);
      }
    };
    return { stored, offer };
  };

  const release = async (message: Message): Promise<void> => {
    const now = {
      ...message,
      sequenceNumber: state.lastSequenceNumber + 1,
      enqueuedAtMs: clock.now(),
      scheduledAtMs: undefined,
    };
    const { stored, offer } = publish([now], message.sequenceNumber);
    await stored;
    offer();
  };
  const schedule = createSchedule(context, (message) => void release(message));
  const accept = createAcceptor(context, {
    // Copies of one message count once, as far as this can be told: by the fullest subscription.
    sizeBytes: () => state.sizeBytes + Math.max(0, ...subscriptions().map((each) => each.state.sizeBytes)),
    store: (messages) => publish(messages, undefined),
  });

  const ring = (): void => {
    schedule.run();
    alarm.set(schedule.nextMs());
  };

  for (const message of state.lanes.main.values()) schedule.add(message);
  return {
    get settings() {
      return state.settings;
    },
    accept: async (messages) => traffic.count(await accept(messages)),
    cancelScheduled: schedule.cancel,
    receivable: undefined,
    rules: undefined,
    counts: () => countQueue(state, traffic.soFar),
    wake: ring,
    close: alarm.off,
  };
};
