import { describe, expect, it } from 'vitest';
import { limited } from '../../../shared/azure/relay/inFlight.ts';

describe('attempts at one listener', () => {
  it('beyond the bound are not made; those of another go on', async () => {
    const run = limited(2);
    let end: () => void = () => undefined;
    const slow = (): Promise<string> =>
      new Promise((resolve) => {
        const before = end;
        end = () => {
          before();
          resolve('done');
        };
      });
    const held = [run('slow', slow), run('slow', slow)];
    expect(await run('slow', slow)).toBeUndefined();
    expect(await run('other', async () => 'other')).toBe('other');
    end();
    expect(await Promise.all(held)).toEqual(['done', 'done']);
    expect(await run('slow', async () => 'again')).toBe('again');
  });

  it('free their place when they fail', async () => {
    const run = limited(1);
    const failing = run('one', () => Promise.reject(new Error('broken')));
    await expect(failing).rejects.toThrow('broken');
    expect(await run('one', async () => 'next')).toBe('next');
  });
});
