import type { Lane } from './change.ts';
import { createWaiters, type Consumer } from './consumers.ts';
import { createLocks, type Lock, type Locks } from './locks.ts';
import { expiresAtMs, type Message } from './message.ts';
import type { QueueContext } from './queueContext.ts';
import { createReadyMessages } from './readyMessages.ts';

/** The queue proper, or its dead-letter sub-queue: hands messages out and knows who has which. */
export interface SubQueue {
  readonly lane: Lane;
  readonly locks: Locks;
  /** Messages can be handed out from now on. */
  offer(...messages: readonly Message[]): void;
  /** The consumer has room; it is given messages now or when there are some. */
  readonly serve: (consumer: Consumer) => void;
  readonly dismiss: (consumer: Consumer) => void;
  lock(message: Message): Lock;
  renew(lock: Lock): void;
  remove(message: Message): Promise<void>;
}

export interface SubQueueOptions {
  readonly context: QueueContext;
  readonly lane: Lane;
  /** Gets rid of a message whose time is over; absent where time to live is not observed. */
  readonly expire: ((message: Message) => void) | undefined;
}

export const createSubQueue = ({ context, lane, expire }: SubQueueOptions): SubQueue => {
  const { clock, state, ledger, alarm } = context;
  const ready = createReadyMessages(state, lane);
  const locks = createLocks();
  const waiters = createWaiters();

  const lockedUntilMs = (): number => clock.now() + state.settings.lockDurationMs;
  const lock = (message: Message): Lock => {
    const made = locks.lock(message, lockedUntilMs());
    alarm.set(locks.nextExpiryMs());
    return made;
  };
  const remove = (message: Message): Promise<void> =>
    ledger.commit({ kind: 'removed', queue: context.key, lane, sequenceNumber: message.sequenceNumber });

  const nextReady = (): Message | undefined => {
    for (let message = ready.peek(); message !== undefined; message = ready.peek()) {
      if (expire === undefined || expiresAtMs(message) > clock.now()) return message;
      expire(message);
    }
    return undefined;
  };
  const isClosed = (): boolean =>
    state.settings.status === 'Disabled' || state.settings.status === 'ReceiveDisabled';
  const handOut = (message: Message, consumer: Consumer): void => {
    if (consumer.mode === 'peekLock') consumer.take({ message, lock: lock(message), removed: undefined });
    else consumer.take({ message, lock: undefined, removed: remove(message) });
  };
  const dispatch = (): void => {
    if (isClosed()) return;
    for (let message = nextReady(); message !== undefined; message = nextReady()) {
      const consumer = waiters.next();
      if (consumer === undefined) return;
      ready.take();
      handOut(message, consumer);
    }
  };

  return {
    lane,
    locks,
    offer: (...messages) => {
      for (const message of messages) ready.offer(message);
      dispatch();
    },
    serve: (consumer) => {
      waiters.add(consumer);
      dispatch();
    },
    dismiss: (consumer) => waiters.remove(consumer),
    lock,
    renew: (held) => {
      locks.renew(held, lockedUntilMs());
      alarm.set(locks.nextExpiryMs());
    },
    remove,
  };
};
