import { describe, expect, it } from 'vitest';
import { sweepParts, type SweepPart } from '../../../shared/job/sweepParts.ts';

const run = async (steps: readonly (readonly SweepPart[])[]) => {
  const failed: [string, unknown][] = [];
  const error = await sweepParts(steps, (part, fault) => failed.push([part, fault])).then(
    () => undefined,
    (fault: unknown) => fault,
  );
  return { failed, error };
};

describe('the parts of a sweep', () => {
  it('are done although others fail, and the sweep fails in the end (W-4)', async () => {
    const done: string[] = [];
    const [first, second] = [new Error('first'), new Error('second')];
    const part = (name: string, fault?: Error): SweepPart => ({
      name,
      work: async () => {
        if (fault !== undefined) throw fault;
        done.push(name);
      },
    });
    const steps = [[part('a', first), part('b')], [part('c', second)], [part('d')]];
    expect(await run(steps)).toEqual({
      failed: [
        ['a', first],
        ['c', second],
      ],
      error: first,
    });
    expect(done).toEqual(['b', 'd']);
  });

  it('of one step go side by side; the next step waits for them (W-4)', async () => {
    const begun: string[] = [];
    let end: () => void = () => undefined;
    const slow = new Promise<void>((resolve) => {
      end = resolve;
    });
    const part = (name: string, work = Promise.resolve()): SweepPart => ({
      name,
      work: () => {
        begun.push(name);
        return work;
      },
    });
    const running = run([[part('slow', slow), part('quick')], [part('next')]]);
    await Promise.resolve();
    expect(begun).toEqual(['slow', 'quick']);
    end();
    expect(await running).toEqual({ failed: [], error: undefined });
    expect(begun).toEqual(['slow', 'quick', 'next']);
  });
});
