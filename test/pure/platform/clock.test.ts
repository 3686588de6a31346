import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { within } from '../../../shared/platform/clock.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('work that is waited for only so long (R-8)', () => {
  it('gives its result in time, and leaves no timer behind', async () => {
    expect(await within(5000, 'It', Promise.resolve(7))).toBe(7);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('fails like the work does', async () => {
    await expect(within(5000, 'It', Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  });

  it('fails by its name when it is late', async () => {
    const late = expect(within(5000, 'Starting the instance', new Promise(() => undefined))).rejects.toThrow(
      'Starting the instance took longer than 5000 ms.',
    );
    await vi.advanceTimersByTimeAsync(5000);
    await late;
  });
});
