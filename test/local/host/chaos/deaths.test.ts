import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { deathPoints, type Death } from '../../../../local/host/chaos/config.ts';
import { temporaryFolder } from '../support/folders.ts';
import { startChildHost, type LastingHost } from '../support/hostChild.ts';

const ground = async () => {
  const folder = await temporaryFolder();
  const notes = join(folder, 'notes');
  await writeFile(notes, '');
  const state = join(folder, 'state');
  const linesOf = async (start: string): Promise<string[]> =>
    (await readFile(notes, 'utf8')).split('\n').filter((line) => line.startsWith(start));
  return { notes, state, linesOf };
};

/** Brings an instance to its end, as far as the host lives that long. */
const drive = async (host: LastingHost, id: string): Promise<void> => {
  try {
    if ((await host.status(id)) === undefined) await host.start('Everything', id, {});
    await host.control.whenIdle();
    const status = await host.status(id);
    if (status?.['customStatus'] === 'waiting') await host.raise(id, 'Go', `${id}-event`);
    await host.control.whenIdle();
  } catch {
    await host.ended;
  }
};

const resultOf = (id: string): string[] => [`${id}-first`, `${id}-event`, `${id}-kid`, `${id}-late`];

describe('a host killed', () => {
  it('at any point goes on where it stopped', async () => {
    const { notes, state, linesOf } = await ground();
    const ids: string[] = [];
    for (const at of deathPoints) {
      const id = at.replace(':', '-');
      const nth = at.startsWith('start') ? 1 : 2;
      const death: Death = {
        at,
        nth,
        ...(at.startsWith('activity') ? { function: 'Note' } : { instanceId: id }),
      };
      const host = await startChildHost({ state, notes, chaos: { deaths: [death] }, skipTime: true });
      for (const earlier of ids) await drive(host, earlier);
      ids.push(id);
      await drive(host, id);
      expect(await host.ended).toEqual({ code: null, signal: 'SIGKILL' });
    }
    const host = await startChildHost({ state, notes, skipTime: true });
    for (const id of ids) {
      await drive(host, id);
      expect(await host.status(id)).toMatchObject({ runtimeStatus: 'Completed', output: resultOf(id) });
      for (const step of ['first', 'kid', 'late']) {
        const runs = (await linesOf(`${id}-${step}`)).length;
        expect(runs).toBeGreaterThanOrEqual(1);
        expect(runs).toBeLessThanOrEqual(2);
      }
    }
    await host.stop();
  });

  it('at random times loses no step of many instances', async () => {
    const { notes, state, linesOf } = await ground();
    const ids = Array.from({ length: 15 }, (_, index) => `many-${index}`);
    const steps = (id: string): string[] => Array.from({ length: 10 }, (_, index) => `${id}-step${index};`);
    const startMissing = async (host: LastingHost): Promise<void> => {
      for (const id of ids) {
        if ((await host.status(id)) === undefined) await host.start('Steps', id, steps(id));
      }
    };
    const deaths: Death[] = [
      { at: 'turn:before-commit', probability: 0.02 },
      { at: 'turn:after-commit', probability: 0.02 },
      { at: 'activity:after-run', probability: 0.02 },
    ];
    let killed = 0;
    for (let seed = 1; seed <= 4; seed += 1) {
      const host = await startChildHost({ state, notes, chaos: { deaths, seed } });
      await startMissing(host)
        .then(() => host.control.whenIdle())
        .catch(() => (killed += 1));
      await host.kill();
    }
    expect(killed).toBeGreaterThan(0);
    const host = await startChildHost({ state, notes });
    await startMissing(host);
    await host.control.whenIdle();
    for (const id of ids) {
      expect((await host.status(id))?.['output']).toEqual(steps(id));
      for (const step of steps(id)) expect((await linesOf(step)).length).toBeGreaterThanOrEqual(1);
    }
  });
});
