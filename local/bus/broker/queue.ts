import { createAlarm } from '../clock/alarm.ts';
import type { Clock } from '../clock/clock.ts';
import { createAcceptor } from './acceptor.ts';
import type { Lane } from './change.ts';
import type { Entity } from './entity.ts';
import { createExpiry } from './expiry.ts';
import type { Ledger } from './ledger.ts';
import type { Message } from './message.ts';
import { countQueue, countTraffic } from './queueCounts.ts';
import type { QueueContext } from './queueContext.ts';
import { queueKey } from './queueSettings.ts';
import { createReceivable, type Receivable } from './receivable.ts';
import { noSendingToSubscriptions } from './refusal.ts';
import { createRuleBook } from './ruleBook.ts';
import { createSchedule } from './schedule.ts';
import { createSettler } from './settle.ts';
import type { QueueState } from './state.ts';
import { createSubQueue } from './subQueue.ts';

/** A queue or a subscription at work. */
export interface Queue extends Entity {
  readonly receivable: Readonly<Record<Lane, Receivable>>;
  /** Lets receivers see messages that have been stored, by their numbers. */
  takeIn(sequenceNumbers: readonly number[]): void;
}

export interface QueueOptions {
  readonly state: QueueState;
  readonly clock: Clock;
  readonly ledger: Ledger;
}

export const createQueue = ({ state, clock, ledger }: QueueOptions): Queue => {
  const alarm = createAlarm(clock, () => ring());
  const context: QueueContext = { key: queueKey(state.settings.name), state, clock, ledger, alarm };

  const deadLetters = createSubQueue({ context, lane: 'deadLetter', expire: undefined });
  const expiry = createExpiry(context, deadLetters);
  const main = createSubQueue({ context, lane: 'main', expire: expiry.end });
  const receivable = {
    main: createReceivable(context, main, createSettler({ context, subQueue: main, deadLetters })),
    deadLetter: createReceivable(
      context,
      deadLetters,
      createSettler({ context, subQueue: deadLetters, deadLetters: undefined }),
    ),
  };

  const activate = (...messages: readonly Message[]): void => {
    for (const message of messages) expiry.watch(message);
    main.offer(...messages);
  };
  const enqueue = async (message: Message): Promise<void> => {
    await ledger.commit({
      kind: 'enqueued',
      queue: context.key,
      sequenceNumber: message.sequenceNumber,
      newSequenceNumber: state.lastSequenceNumber + 1,
      atMs: clock.now(),
    });
    activate(message);
  };
  const schedule = createSchedule(context, (message) => void enqueue(message));
  const takeIn = (messages: readonly Message[]): void => {
    for (const message of messages) if (message.state === 'scheduled') schedule.add(message);
    activate(...messages.filter((message) => message.state === 'active'));
  };
  const takeInNumbers = (numbers: readonly number[]): void =>
    takeIn(numbers.map((number) => state.lanes.main.get(number)).filter((message) => message !== undefined));
  const accept = createAcceptor(context, {
    sizeBytes: () => state.sizeBytes,
    store: (messages) => ({
      stored: ledger.commit({ kind: 'accepted', queue: context.key, messages }),
      offer: () => takeInNumbers(messages.map(({ sequenceNumber }) => sequenceNumber)),
    }),
  });
  const traffic = countTraffic();
  const isSubscription = state.settings.kind === 'subscription';

  const ring = (): void => {
    schedule.run();
    expiry.run();
    for (const lane of [receivable.main, receivable.deadLetter]) {
      lane.returnExpired();
      alarm.set(lane.nextLockExpiryMs());
    }
    alarm.set(Math.min(schedule.nextMs(), expiry.nextMs()));
  };

  takeIn([...state.lanes.main.values()]);
  deadLetters.offer(...state.lanes.deadLetter.values());
  return {
    get settings() {
      return state.settings;
    },
    accept: async (messages) =>
      isSubscription ? noSendingToSubscriptions() : traffic.count(await accept(messages)),
    cancelScheduled: schedule.cancel,
    receivable,
    rules: isSubscription ? createRuleBook(context) : undefined,
    takeIn: takeInNumbers,
    counts: () => countQueue(state, traffic.soFar),
    wake: () => {
      main.offer();
      deadLetters.offer();
      ring();
    },
    close: alarm.off,
  };
};
