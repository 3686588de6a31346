import { createAlarm } from '../clock/alarm.ts';
import type { Clock } from '../clock/clock.ts';
import { noChanges } from '../wire/applicationProperties.ts';
import type { MessageParts } from '../wire/messageParts.ts';
import { sessionIdOf } from '../wire/sessionId.ts';
import { createAcceptor } from './acceptor.ts';
import { deadLetter, sessionIsNull } from './deadLetters.ts';
import type { Lane } from './change.ts';
import type { Entity } from './entity.ts';
import { createExpiry } from './expiry.ts';
import type { Ledger } from './ledger.ts';
import type { Message } from './message.ts';
import { countQueue, countTraffic } from './queueCounts.ts';
import type { QueueContext } from './queueContext.ts';
import { queueKey } from './queueSettings.ts';
import { createReceivable, type Receivable } from './receivable.ts';
import { noSendingToSubscriptions, sessionMissing } from './refusal.ts';
import { createRuleBook } from './ruleBook.ts';
import { createSchedule } from './schedule.ts';
import { createSessions } from './sessions.ts';
import { withStates } from './sessionStates.ts';
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

const hasSession = ({ parts }: { readonly parts: MessageParts }): boolean =>
  sessionIdOf(parts.properties) !== undefined;

export const createQueue = ({ state, clock, ledger }: QueueOptions): Queue => {
  const alarm = createAlarm(clock, () => ring());
  const context: QueueContext = { key: queueKey(state.settings.name), state, clock, ledger, alarm };

  const deadLetters = createSubQueue({ context, lane: 'deadLetter', expire: undefined, sessions: undefined });
  const expiry = createExpiry(context, deadLetters);
  const bySession = state.settings.requiresSession === true;
  const sessions = bySession
    ? createSessions({
        context,
        locks: () => main.locks,
        toServe: () => main.sessionsToServe(),
        giveBack: ({ message }, counts) => {
          if (counts) void settler.giveBack(message, noChanges);
          else if (message.state === 'active') main.offer(message);
        },
      })
    : undefined;
  const main = createSubQueue({ context, lane: 'main', expire: expiry.end, sessions });
  const settler = createSettler({ context, subQueue: main, deadLetters });
  const receivable = {
    main: createReceivable(
      context,
      main,
      settler,
      sessions === undefined ? undefined : withStates(context, sessions),
    ),
    deadLetter: createReceivable(
      context,
      deadLetters,
      createSettler({ context, subQueue: deadLetters, deadLetters: undefined }),
      undefined,
    ),
  };

  /** A topic takes what its subscriptions with sessions cannot hand out. */
  const loseForSession = (message: Message): void =>
    void deadLetter(context, message, sessionIsNull, noChanges, 0).then(() => deadLetters.offer(message));
  const activate = (...messages: readonly Message[]): void => {
    for (const message of messages) expiry.watch(message);
    if (!bySession) {
      main.offer(...messages);
      return;
    }
    for (const message of messages.filter((each) => !hasSession(each))) loseForSession(message);
    main.offer(...messages.filter(hasSession));
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
    sessions?.expire();
    schedule.run();
    expiry.run();
    for (const lane of [receivable.main, receivable.deadLetter]) {
      lane.returnExpired();
      alarm.set(lane.nextLockExpiryMs());
    }
    const sessionsEndMs = sessions?.nextExpiryMs() ?? Number.POSITIVE_INFINITY;
    alarm.set(Math.min(schedule.nextMs(), expiry.nextMs(), sessionsEndMs));
  };

  takeIn([...state.lanes.main.values()]);
  deadLetters.offer(...state.lanes.deadLetter.values());
  return {
    get settings() {
      return state.settings;
    },
    accept: async (messages) => {
      if (isSubscription) return noSendingToSubscriptions();
      if (bySession && !messages.every(hasSession)) return sessionMissing();
      return traffic.count(await accept(messages));
    },
    cancelScheduled: schedule.cancel,
    receivable,
    rules: isSubscription ? createRuleBook(context) : undefined,
    takeIn: takeInNumbers,
    counts: () => countQueue(state, traffic.soFar),
    wake: () => {
      main.wake();
      deadLetters.wake();
      ring();
    },
    close: alarm.off,
  };
};
