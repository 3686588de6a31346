import type { Lane } from './change.ts';
import type { Consumer } from './consumers.ts';
import { createLocks, type Lock, type Locks } from './locks.ts';
import { expiresAtMs, type Message } from './message.ts';
import type { QueueContext } from './queueContext.ts';
import { sessionIdOf } from '../wire/sessionId.ts';
import type { Sessions } from './sessions.ts';
import { createShelves, type Shelf } from './shelves.ts';

/** The queue proper, or its dead-letter sub-queue: hands messages out and knows who has which. */
export interface SubQueue {
  readonly lane: Lane;
  readonly locks: Locks;
  /** Messages can be handed out from now on. */
  offer(...messages: readonly Message[]): void;
  /** Looks at everybody who waits again. */
  wake(): void;
  /** The consumer has room; it is given messages now or when there are some. */
  readonly serve: (consumer: Consumer) => void;
  readonly dismiss: (consumer: Consumer) => void;
  /** Sessions that have messages to hand out. */
  readonly sessionsToServe: () => readonly string[];
  lock(message: Message): Lock;
  renew(lock: Lock): void;
  remove(message: Message): Promise<void>;
}

export interface SubQueueOptions {
  readonly context: QueueContext;
  readonly lane: Lane;
  /** Gets rid of a message whose time is over; absent where time to live is not observed. */
  readonly expire: ((message: Message) => void) | undefined;
  /** Present where messages are handed out by session only. */
  readonly sessions: Sessions | undefined;
}

export const createSubQueue = ({ context, lane, expire, sessions }: SubQueueOptions): SubQueue => {
  const { clock, state, ledger, alarm } = context;
  const locks = createLocks();
  const shelves = createShelves(state, lane);
  const sessionOf = (message: Message): string =>
    sessions === undefined ? '' : (sessionIdOf(message.parts.properties) ?? '');

  const lockedUntilMs = (): number => clock.now() + state.settings.lockDurationMs;
  const lock = (message: Message): Lock => {
    const session = sessions?.holder(sessionOf(message));
    const made = locks.lock(message, session?.untilMs ?? lockedUntilMs());
    session?.locks.add(made);
    alarm.set(locks.nextExpiryMs());
    return made;
  };
  const remove = (message: Message): Promise<void> =>
    ledger.commit({ kind: 'removed', queue: context.key, lane, sequenceNumber: message.sequenceNumber });

  const nextReady = ({ ready }: Shelf): Message | undefined => {
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
  const dispatch = (session: string): void => {
    if (isClosed()) return;
    const shelf = shelves.of(session);
    for (let message = nextReady(shelf); message !== undefined; message = nextReady(shelf)) {
      const consumer = shelf.waiters.next();
      if (consumer === undefined) break;
      shelf.ready.take();
      handOut(message, consumer);
    }
    if (sessions !== undefined) shelves.tidy(session);
  };

  return {
    lane,
    locks,
    offer: (...messages) => {
      const touched = new Set<string>();
      for (const message of messages) {
        const session = sessionOf(message);
        shelves.of(session).ready.offer(message);
        touched.add(session);
      }
      for (const session of touched) dispatch(session);
      sessions?.wake();
    },
    wake: () => {
      for (const [session] of [...shelves.all()]) dispatch(session);
      sessions?.wake();
    },
    serve: (consumer) => {
      const session = consumer.session ?? '';
      shelves.of(session).waiters.add(consumer);
      dispatch(session);
    },
    dismiss: (consumer) => {
      shelves.of(consumer.session ?? '').waiters.remove(consumer);
      shelves.tidy(consumer.session ?? '');
    },
    sessionsToServe: () =>
      isClosed()
        ? []
        : [...shelves.all()]
            .filter(([, shelf]) => nextReady(shelf) !== undefined)
            .map(([session]) => session),
    lock,
    renew: (held) => {
      locks.renew(held, lockedUntilMs());
      alarm.set(locks.nextExpiryMs());
    },
    remove,
  };
};
