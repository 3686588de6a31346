import { randomUUID } from 'node:crypto';
import type { Message } from './message.ts';

/** The right of one receiver to settle a message. */
export interface Lock {
  /** 16 bytes of a UUID in the order of RFC 4122. */
  readonly token: Buffer;
  readonly message: Message;
  untilMs: number;
}

/** The locks of one sub-queue. All last equally long, so that the order of locking is the order of expiry. */
export interface Locks {
  lock(message: Message, untilMs: number): Lock;
  /** Undefined when the lock has expired or is no longer there. */
  find(token: Buffer, nowMs: number): Lock | undefined;
  renew(lock: Lock, untilMs: number): void;
  release(lock: Lock): void;
  /** Takes out all locks that expired by `nowMs`. */
  releaseExpired(nowMs: number): Lock[];
  /** Infinity when nothing is locked. */
  readonly nextExpiryMs: () => number;
}

const keyOf = (token: Buffer): string => token.toString('hex');

export const createLocks = (): Locks => {
  const locks = new Map<string, Lock>();
  const first = (): Lock | undefined => locks.values().next().value;
  const release = (lock: Lock): void => {
    locks.delete(keyOf(lock.token));
    lock.message.locked = false;
  };
  return {
    lock: (message, untilMs) => {
      const key = randomUUID().replaceAll('-', '');
      const lock = { token: Buffer.from(key, 'hex'), message, untilMs };
      message.locked = true;
      locks.set(key, lock);
      return lock;
    },
    find: (token, nowMs) => {
      const lock = locks.get(keyOf(token));
      return lock !== undefined && lock.untilMs > nowMs ? lock : undefined;
    },
    renew: (lock, untilMs) => {
      locks.delete(keyOf(lock.token));
      lock.untilMs = untilMs;
      locks.set(keyOf(lock.token), lock);
    },
    release,
    releaseExpired: (nowMs) => {
      const expired: Lock[] = [];
      for (let lock = first(); lock !== undefined && lock.untilMs <= nowMs; lock = first()) {
        release(lock);
        expired.push(lock);
      }
      return expired;
    },
    nextExpiryMs: () => first()?.untilMs ?? Number.POSITIVE_INFINITY,
  };
};
