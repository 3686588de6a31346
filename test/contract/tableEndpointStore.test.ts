import { describe, expect, it } from 'vitest';
import { endpointStates } from '../../shared/azure/tables/endpointStates.ts';
import { endpointStatistics } from '../../shared/azure/tables/endpointStatistics.ts';
import { noCounts, type HourRow } from '../../shared/gate/statistics.ts';
import { kindOf } from '../../shared/gate/endpointState.ts';
import { stateOf } from '../support/endpointEvents.ts';
import { endpointStoreSuite } from '../support/endpointStoreSuite.ts';
import { storageName, tableStorage } from '../support/tableStorage.ts';

describe(`the store of endpoints in Table Storage (${storageName})`, () => {
  const { nextTable } = tableStorage('Endpoints');

  const noneUnreadable = (endpoint: string, error: unknown): void => {
    throw new Error(`The row of ${endpoint} cannot be read.`, { cause: error });
  };

  endpointStoreSuite(async () => endpointStates(nextTable(), noneUnreadable));

  describe('a damaged row', () => {
    it.each(['{', '{}', '{"endpoint":"orders","breaker":{"state":"open"}}'])(
      'is told, keeps no other endpoint, and gives way to what is written next: %s (G-10)',
      async (state) => {
        const table = nextTable();
        const reported: string[] = [];
        const store = endpointStates(table, (endpoint) => reported.push(endpoint));
        const other = { ...stateOf.paused(), endpoint: 'other' };
        await store.writeState({ state: other, version: undefined }, other);
        await table.request('Damaging', (client) =>
          client.createEntity({ partitionKey: 'endpoints', rowKey: 'orders', state }),
        );
        const read = await store.readState('orders');
        expect(read).toMatchObject({ state: stateOf.running() });
        expect(read.fault).toMatch(/^Its state cannot be read, so it runs: /);
        expect((await store.listStates()).map((each) => kindOf(each.state)).sort()).toEqual([
          'paused',
          'running',
        ]);
        expect(reported).toEqual(['orders', 'orders']);
        await store.writeState(read, stateOf.paused());
        expect((await store.readState('orders')).state).toEqual(stateOf.paused());
      },
    );
  });

  describe('statistics', () => {
    const row = (hour: string, attempts: number, changes: Partial<HourRow> = {}): HourRow => ({
      hour: `2026-11-24T${hour}:00:00.000Z`,
      endpoint: 'orders',
      instance: 'one',
      counts: { ...noCounts, attempts },
      ...changes,
    });

    it('come back from the hour that is asked for on, of one endpoint or of all', async () => {
      const store = endpointStatistics(nextTable());
      const rows = [
        row('05', 1),
        row('06', 2),
        row('07', 3, { instance: 'two' }),
        row('07', 4, { endpoint: 'other' }),
      ];
      for (const each of rows) await store.putHour(each);
      const attempts = async (from: string, endpoint?: string): Promise<number[]> =>
        (await store.listHours(from, endpoint)).map(({ counts }) => counts.attempts).sort();
      expect(await attempts('2026-11-24T05:00:00.000Z')).toEqual([1, 2, 3, 4]);
      expect(await attempts('2026-11-24T06:00:00.000Z', 'orders')).toEqual([2, 3]);
      expect(await store.listHours('2026-11-24T07:00:00.000Z', 'other')).toEqual([rows[3]]);
    });

    it('are read whole, and those of long ago removed, a hundred at a time', async () => {
      const store = endpointStatistics(nextTable());
      const many = Array.from({ length: 1001 }, (_, n) =>
        row(n < 150 ? '05' : '06', n, { instance: `${n}` }),
      );
      while (many.length > 0) await Promise.all(many.splice(0, 50).map((each) => store.putHour(each)));
      const from = (hour: string) => store.listHours(`2026-11-24T${hour}:00:00.000Z`);
      expect(await from('05')).toHaveLength(1001);
      const removed = () => store.removeHours('2026-11-24T06:00:00.000Z');
      expect([await removed(), await removed(), await removed()]).toEqual([100, 50, 0]);
      expect(await from('05')).toEqual(await from('06'));
      expect(await from('06')).toHaveLength(851);
    });

    it('keep the last sums of a process, not their sum', async () => {
      const store = endpointStatistics(nextTable());
      await store.putHour(row('06', 1));
      await store.putHour(row('06', 5));
      expect(
        (await store.listHours('2026-11-24T06:00:00.000Z')).map(({ counts }) => counts.attempts),
      ).toEqual([5]);
    });
  });
});
