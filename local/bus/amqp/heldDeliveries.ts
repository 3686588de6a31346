import type { Lock } from '../broker/locks.ts';
import type { RheaDelivery } from './rhea.ts';

/** Deliveries a receiver has not settled yet, with their locks. */
export interface HeldDeliveries {
  add(delivery: RheaDelivery, lock: Lock): void;
  /** The lock of a delivery, which is no longer held after that. */
  take(delivery: RheaDelivery): Lock | undefined;
  /**
   * Forgets deliveries whose lock has expired. rhea keeps every unsettled delivery in a buffer of limited size,
   * in order: one that is never settled would stop the link for good in the end.
   */
  forgetExpired(nowMs: number): void;
}

export const createHeldDeliveries = (): HeldDeliveries => {
  const held = new Map<RheaDelivery, Lock>();
  return {
    add: (delivery, lock) => held.set(delivery, lock),
    take: (delivery) => {
      const lock = held.get(delivery);
      held.delete(delivery);
      return lock;
    },
    forgetExpired: (nowMs) => {
      for (const [delivery, lock] of held) {
        if (lock.untilMs > nowMs) continue;
        delivery.settled = true;
        delivery.remote_settled = true;
        held.delete(delivery);
      }
    },
  };
};
