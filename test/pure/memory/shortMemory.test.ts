import { describe, expect, it } from 'vitest';
import { shortMemory } from '../../../shared/memory/shortMemory.ts';

describe('what is remembered for a short time', () => {
  const rig = () => {
    let time = 0;
    let loads = 0;
    const memory = shortMemory<number>(3000, () => time);
    const load = async () => (loads += 1);
    return { memory, load, at: (ms: number) => (time = ms), get: () => memory.get(load) };
  };

  it('is loaded once by many who ask within it, and again after it', async () => {
    const { get, at } = rig();
    expect(await Promise.all([get(), get()])).toEqual([1, 1]);
    at(2999);
    expect(await get()).toBe(1);
    at(3000);
    expect(await get()).toBe(2);
  });

  it('is loaded anew after something was written', async () => {
    const { get, memory } = rig();
    await get();
    memory.forget();
    expect(await get()).toBe(2);
  });

  it('is no failure', async () => {
    const { get, memory } = rig();
    await expect(memory.get(() => Promise.reject(new Error('away')))).rejects.toThrow('away');
    expect(await get()).toBe(1);
  });
});
