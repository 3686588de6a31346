import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadApp, type FunctionsWorker } from '../../../../local/host/worker/app.ts';
import { randomApp } from '../support/apps.ts';
import { anyProgram, resultOf } from '../support/programs.ts';
import { runShakily } from '../support/shakyEngine.ts';

describe('replay and SDK, in turns', () => {
  let worker: FunctionsWorker;
  beforeAll(async () => {
    worker = await loadApp(randomApp, () => undefined);
  });

  it('agree whatever comes in which order, and over crashes between commits', async () => {
    let crashes = 0;
    await fc.assert(
      fc.asyncProperty(anyProgram, fc.nat(), async (program, seed) => {
        const outcome = await runShakily(worker, program, seed);
        crashes += outcome.crashes;
        expect(outcome.instance).toMatchObject({
          status: 'Completed',
          output: JSON.stringify(resultOf(program)),
        });
      }),
      { numRuns: 80 },
    );
    expect(crashes).toBeGreaterThan(0);
  });
});
