import type { Lock, Locks } from './locks.ts';
import type { QueueContext } from './queueContext.ts';
import { sessionLockLost, sessionLocked, sessionTimeout, type Refusal } from './refusal.ts';

/** The right of one receiver to a session with all its messages. */
export interface SessionLock {
  readonly id: string;
  untilMs: number;
  /** Of the messages it was handed; some may have been settled since. */
  readonly locks: Set<Lock>;
  /** Tells the receiver that the lock has expired. */
  onLost: () => void;
}

/** A receiver that waits for a session, whichever comes first. */
export interface NextSession {
  /** Resolves with a refusal when none came in time. */
  readonly accepted: Promise<SessionLock | Refusal>;
  readonly cancel: () => void;
}

/** Who has which session of a queue (Service Bus documentation, "Message sessions"). */
export interface Sessions {
  /** A session is there as soon as somebody wants it, with or without messages. */
  accept(id: string): SessionLock | Refusal;
  acceptNext(timeoutMs: number): NextSession;
  holder(id: string): SessionLock | undefined;
  /** The new end of the lock, in milliseconds since 1970. */
  renew(id: string): number | Refusal;
  /** Gives a session back; its messages that are not settled are free again, and that delivery does not count. */
  release(lock: SessionLock): void;
  /** Ends locks whose time is over. */
  expire(): void;
  /** Infinity when no session is locked. */
  readonly nextExpiryMs: () => number;
  /** Looks again whether somebody who waits can be given a session. */
  readonly wake: () => void;
}

/** What of its queue the sessions work with. */
export interface SessionsOptions {
  readonly context: QueueContext;
  readonly locks: () => Locks;
  /** Sessions that have messages to hand out. */
  readonly toServe: () => readonly string[];
  /** Offers the message anew; `counts`: the delivery has failed. */
  readonly giveBack: (lock: Lock, counts: boolean) => void;
}

interface Waiting {
  readonly give: (lock: SessionLock) => void;
}

export const createSessions = ({ context, locks, toServe, giveBack }: SessionsOptions): Sessions => {
  const { clock, state, alarm } = context;
  const held = new Map<string, SessionLock>();
  const waiting = new Set<Waiting>();
  const untilMs = (): number => clock.now() + state.settings.lockDurationMs;

  const take = (id: string): SessionLock => {
    const lock = { id, untilMs: untilMs(), locks: new Set<Lock>(), onLost: () => undefined };
    held.set(id, lock);
    alarm.set(lock.untilMs);
    return lock;
  };
  const holder = (id: string): SessionLock | undefined => {
    const lock = held.get(id);
    return lock !== undefined && lock.untilMs > clock.now() ? lock : undefined;
  };
  const wake = (): void => {
    for (const waiter of waiting) {
      const id = toServe().find((session) => !held.has(session));
      if (id === undefined) return;
      waiting.delete(waiter);
      waiter.give(take(id));
    }
  };
  const end = (lock: SessionLock, counts: boolean): void => {
    if (held.get(lock.id) !== lock) return;
    held.delete(lock.id);
    for (const each of lock.locks) {
      if (locks().find(each.token, Number.NEGATIVE_INFINITY) === undefined) continue;
      locks().release(each);
      giveBack(each, counts);
    }
    wake();
  };
  return {
    holder,
    wake,
    accept: (id) => (holder(id) === undefined ? take(id) : sessionLocked(id, state.settings.name)),
    acceptNext: (timeoutMs) => {
      let stop = (): void => undefined;
      const accepted = new Promise<SessionLock | Refusal>((resolve) => {
        const callOff = clock.at(clock.now() + timeoutMs, () => {
          waiting.delete(waiter);
          resolve(sessionTimeout(state.settings.name));
        });
        const waiter: Waiting = {
          give: (lock) => {
            callOff();
            resolve(lock);
          },
        };
        stop = () => {
          callOff();
          waiting.delete(waiter);
        };
        waiting.add(waiter);
      });
      wake();
      return { accepted, cancel: stop };
    },
    renew: (id) => {
      const lock = holder(id);
      if (lock === undefined) return sessionLockLost(id, state.settings.name);
      lock.untilMs = untilMs();
      for (const each of lock.locks) {
        if (locks().find(each.token, clock.now()) === undefined) lock.locks.delete(each);
        else locks().renew(each, lock.untilMs);
      }
      return lock.untilMs;
    },
    release: (lock) => end(lock, false),
    expire: () => {
      for (const lock of [...held.values()]) {
        if (lock.untilMs > clock.now()) continue;
        lock.onLost();
        end(lock, true);
      }
    },
    nextExpiryMs: () => Math.min(Number.POSITIVE_INFINITY, ...[...held.values()].map((lock) => lock.untilMs)),
  };
};
