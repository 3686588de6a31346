import { createAlarm } from '../clock/alarm.ts';
import type { Clock } from '../clock/clock.ts';
import type { IncomingMessage } from '../wire/messageParts.ts';
import { createAcceptor, type Accepted } from './acceptor.ts';
import type { Lane } from './change.ts';
import { createExpiry } from './expiry.ts';
import type { Ledger } from './ledger.ts';
import type { Message } from './message.ts';
import { countQueue, type QueueCounts } from './queueCounts.ts';
import type { QueueContext } from './queueContext.ts';
import { queueKey, type QueueSettings } from './queueSettings.ts';
import { createReceivable, type Receivable } from './receivable.ts';
import { isRefusal, type Refusal } from './refusal.ts';
import { createSchedule } from './schedule.ts';
import { createSettler } from './settle.ts';
import type { QueueState } from './state.ts';
import { createSubQueue } from './subQueue.ts';

/** A queue at work. */
export interface Queue {
  readonly settings: QueueSettings;
  /** Stores the messages of one transfer. */
  accept(messages: readonly IncomingMessage[]): Promise<Accepted | Refusal>;
  cancelScheduled(sequenceNumbers: readonly number[]): Promise<Refusal | undefined>;
  readonly receivable: Readonly<Record<Lane, Receivable>>;
  counts(): QueueCounts;
  /** Looks again whether somebody can be served, after settings have changed. */
  wake(): void;
  close(): void;
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
  const schedule = createSchedule(context, activate);
  const takeIn = (messages: readonly Message[]): void => {
    for (const message of messages) if (message.state === 'scheduled') schedule.add(message);
    activate(...messages.filter((message) => message.state === 'active'));
  };
  const accept = createAcceptor(context, takeIn);
  const traffic = { acceptedTransfers: 0, acceptedMessages: 0, droppedDuplicates: 0 };

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
    accept: async (messages) => {
      const accepted = await accept(messages);
      if (isRefusal(accepted)) return accepted;
      traffic.acceptedTransfers += 1;
      traffic.acceptedMessages += accepted.sequenceNumbers.length;
      traffic.droppedDuplicates += accepted.droppedDuplicates;
      return accepted;
    },
    cancelScheduled: schedule.cancel,
    receivable,
    counts: () => countQueue(state, traffic),
    wake: () => {
      main.offer();
      deadLetters.offer();
      ring();
    },
    close: alarm.off,
  };
};
