import { describe, expect, it } from 'vitest';
import { createHeldDeliveries } from '../../../local/bus/amqp/heldDeliveries.ts';
import type { RheaDelivery } from '../../../local/bus/amqp/rhea.ts';
import type { Lock } from '../../../local/bus/broker/locks.ts';

const deliveryWith = (id: number): RheaDelivery => ({
  id,
  remote_settled: false,
  settled: false,
  remote_state: undefined,
  update: () => undefined,
});
const lockUntil = (untilMs: number): Lock => ({ untilMs }) as Lock;

describe('deliveries that are held', () => {
  it('give their lock once', () => {
    const held = createHeldDeliveries();
    const [delivery, lock] = [deliveryWith(1), lockUntil(100)];
    held.add(delivery, lock);
    expect(held.take(delivery)).toBe(lock);
    expect(held.take(delivery)).toBeUndefined();
  });

  it('are forgotten when their lock has expired, so that they block no others', () => {
    const held = createHeldDeliveries();
    const [never, later] = [deliveryWith(1), deliveryWith(2)];
    held.add(never, lockUntil(100));
    held.add(later, lockUntil(200));
    held.forgetExpired(150);
    expect(never).toMatchObject({ settled: true, remote_settled: true });
    expect(later).toMatchObject({ settled: false, remote_settled: false });
    expect(held.take(never)).toBeUndefined();
    expect(held.take(later)).toBeDefined();
  });
});
