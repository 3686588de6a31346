import { describe, expect, it } from 'vitest';
import { createAlarm } from '../../../local/bus/clock/alarm.ts';
import { createClock } from '../../../local/bus/clock/clock.ts';
import { createHeap } from '../../../local/bus/broker/heap.ts';
import { createRateLimit } from '../../../local/bus/faults/rateLimit.ts';
import fc from 'fast-check';

const hour = 3_600_000;

describe('the clock', () => {
  it('runs what has become due when it is put forward, in order of time', () => {
    const clock = createClock();
    const ran: string[] = [];
    clock.at(clock.now() + 2 * hour, () => ran.push('later'));
    clock.at(clock.now() + hour, () => ran.push('sooner'));
    clock.at(clock.now() + 9 * hour, () => ran.push('never'));
    clock.advance(3 * hour);
    expect(ran).toEqual(['sooner', 'later']);
  });

  it('runs also what is asked for while it is put forward', () => {
    const clock = createClock();
    const ran: string[] = [];
    clock.at(clock.now() + hour, () => {
      ran.push('first');
      clock.at(clock.now() - hour, () => ran.push('second'));
    });
    clock.advance(hour);
    expect(ran).toEqual(['first', 'second']);
  });

  it('does not run what was called off', () => {
    const clock = createClock();
    const ran: string[] = [];
    const callOff = clock.at(clock.now() + hour, () => ran.push('called off'));
    callOff();
    clock.advance(2 * hour);
    expect(ran).toEqual([]);
  });

  it('runs with the machine when nobody moves it', async () => {
    const clock = createClock();
    await new Promise<void>((resolve) => clock.at(clock.now() + 5, resolve));
    expect(Math.abs(clock.now() - Date.now())).toBeLessThan(hour);
  });
});

describe('an alarm', () => {
  it('rings once, at the earliest of its times', () => {
    const clock = createClock();
    let rings = 0;
    const alarm = createAlarm(clock, () => (rings += 1));
    alarm.set(clock.now() + 3 * hour);
    alarm.set(clock.now() + hour);
    alarm.set(clock.now() + 2 * hour);
    clock.advance(hour);
    expect(rings).toBe(1);
    clock.advance(9 * hour);
    expect(rings).toBe(1);
  });

  it('can be set again after it rang', () => {
    const clock = createClock();
    let rings = 0;
    const alarm = createAlarm(clock, () => (rings += 1));
    for (let round = 0; round < 2; round += 1) {
      alarm.set(clock.now() + hour);
      clock.advance(hour);
    }
    alarm.set(clock.now() + hour);
    alarm.off();
    clock.advance(hour);
    expect(rings).toBe(2);
  });
});

describe('the heap', () => {
  it('gives back everything in order', () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), (numbers) => {
        const heap = createHeap<number>((number) => number);
        for (const number of numbers) heap.push(number);
        const popped = numbers.map(() => heap.pop());
        expect(popped).toEqual([...numbers].sort((a, b) => a - b));
        expect(heap.pop()).toBeUndefined();
      }),
    );
  });

  it('keeps order while items come and go', () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.integer(), { nil: undefined })), (steps) => {
        const heap = createHeap<number>((number) => number);
        const model: number[] = [];
        for (const step of steps) {
          if (step === undefined) {
            model.sort((a, b) => a - b);
            expect(heap.peek()).toBe(model[0]);
            expect(heap.pop()).toBe(model.shift());
          } else {
            heap.push(step);
            model.push(step);
          }
        }
        expect(heap.size).toBe(model.length);
      }),
    );
  });
});

describe('the rate limit', () => {
  it('counts by the second', () => {
    let nowMs = 10_500;
    const exceeds = createRateLimit(2, () => nowMs);
    expect([exceeds(), exceeds(), exceeds()]).toEqual([false, false, true]);
    nowMs = 11_000;
    expect([exceeds(), exceeds(), exceeds()]).toEqual([false, false, true]);
  });
});
