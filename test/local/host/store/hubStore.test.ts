import { readFile, stat, writeFile, appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { apply } from '../../../../local/host/store/apply.ts';
import { openHubStore, snapshot } from '../../../../local/host/store/hubStore.ts';
import type { HubRecord, TurnRecord } from '../../../../local/host/store/records.ts';
import { emptyHub, type HubState } from '../../../../local/host/store/state.ts';
import { temporaryFolder } from '../support/folders.ts';
import { begin, completed, end, scheduled, started, T0 } from '../support/histories.ts';

const start = (id: string, executionId = `${id}-x`): HubRecord => ({
  k: 'start',
  event: started({ instanceId: id, executionId }),
});

const turn = (id: string, more: Partial<TurnRecord> = {}): TurnRecord => ({
  k: 'turn',
  id,
  executionId: `${id}-x`,
  taken: [0],
  fired: [],
  events: [begin(0), started({ instanceId: id, executionId: `${id}-x` }), end],
  reset: false,
  status: 'Running',
  customStatus: null,
  at: T0,
  tasks: [],
  timers: [],
  starts: [],
  sends: [],
  ...more,
});

const finish = (id: string): TurnRecord =>
  turn(id, {
    taken: [],
    status: 'Completed',
    events: [
      begin(1),
      { type: 'ExecutionCompleted', at: T0, id: 9, status: 'Completed', result: '"good"' },
      end,
    ],
  });

const task = { taskId: 0, name: 'Echo', input: '"a"' };
const timer = { timerId: 1, fireAt: T0, createdAt: T0, dueMs: 5 };

const hubOf = (...records: HubRecord[]): HubState => {
  const state = emptyHub();
  for (const record of records) apply(state, record);
  return state;
};

const all = (state: HubState): HubRecord[] => [...snapshot(state)];

const message = (id: string, name: string): HubRecord => ({
  k: 'message',
  id,
  event: { type: 'EventRaised', at: T0, name, input: null },
});

/** A hub with everything in it. */
const busy: HubRecord[] = [
  start('a'),
  turn('a', {
    events: [begin(0), started({ instanceId: 'a', executionId: 'a-x' }), scheduled(0), end],
    tasks: [task],
    timers: [timer],
    customStatus: '"busy"',
  }),
  message('a', 'Go'),
  start('b'),
  turn('b'),
  finish('b'),
  start('c'),
  { k: 'schedule', name: 'hourly', status: { last: T0, next: T0, lastUpdated: T0 } },
];

describe('the hub', () => {
  it('is the same after its records and after its snapshot', () => {
    const hub = hubOf(...busy);
    const again = hubOf(...all(hub));
    expect(all(again)).toEqual(all(hub));
    expect(again.instances.get('a')).toEqual(hub.instances.get('a'));
    expect(again.instances.get('b')?.output).toBe('"good"');
    expect([...again.tasks.values()]).toEqual([{ ...task, key: 1, instanceId: 'a', executionId: 'a-x' }]);
    expect(again.nextTask).toBe(2);
  });

  it('drops results of an execution that is over', () => {
    const hub = hubOf(...busy);
    const event = completed(0) as Extract<HubRecord, { k: 'done' }>['event'];
    const effects = apply(hub, { k: 'done', key: 1, id: 'a', executionId: 'another', event });
    expect(effects.woken).toEqual([]);
    expect(hub.tasks.size).toBe(0);
  });

  it('keeps what came in during a turn for the next one', () => {
    const hub = hubOf(...busy);
    const effects = apply(hub, turn('a', { taken: [], events: [begin(2), end] }));
    expect(effects.woken).toEqual(['a']);
    expect(hub.instances.get('a')?.inbox.map(({ event }) => event.type)).toEqual(['EventRaised']);
  });

  it('lets go of timers, tasks and messages when an instance continues as new or ends', () => {
    const hub = hubOf(...busy);
    apply(hub, turn('a', { reset: true, executionId: 'next', taken: [] }));
    expect(hub.instances.get('a')?.timers.size).toBe(0);
    apply(hub, finish('a'));
    expect(hub.instances.get('a')?.inbox).toEqual([]);
  });

  it('takes no message for an instance that is over or not there', () => {
    const hub = hubOf(...busy);
    expect(apply(hub, message('b', 'Go')).woken).toEqual([]);
    expect(apply(hub, message('nobody', 'Go')).woken).toEqual([]);
  });

  it('does not start a child twice, but again once its id is free', () => {
    const hub = hubOf(...busy);
    const child = (id: string) => started({ instanceId: id, executionId: 'new' });
    const effects = apply(hub, turn('a', { taken: [], starts: [child('c'), child('b')] }));
    expect(effects.droppedStarts).toEqual(['c']);
    expect(hub.instances.get('b')?.status).toBe('Pending');
  });
});

describe('a hub on disk', () => {
  const fill = async (folder: string): Promise<HubRecord[]> => {
    const store = await openHubStore(folder);
    for (const record of busy) await store.commit(record);
    const records = all(store.state);
    await store.close();
    return records;
  };

  it('is there again', async () => {
    const folder = await temporaryFolder();
    const records = await fill(folder);
    const store = await openHubStore(folder);
    expect(all(store.state)).toEqual(records);
    await store.close();
  });

  it('loses a torn last record, and nothing else', async () => {
    const folder = await temporaryFolder();
    const records = await fill(folder);
    const file = join(folder, 'hub.journal');
    const line = (await readFile(file, 'utf8')).split('\n')[0] ?? '';
    await appendFile(file, line.slice(0, 40));
    const store = await openHubStore(folder);
    expect(all(store.state)).toEqual(records);
    await store.close();
  });

  it('belongs to one process', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'hub.journal.lock'), String(process.ppid));
    await expect(openHubStore(folder)).rejects.toThrow(`is held by process ${process.ppid}`);
  });

  it('needs a folder', async () => {
    const file = join(await temporaryFolder(), 'file');
    await writeFile(file, '');
    await expect(openHubStore(join(file, 'state'))).rejects.toThrow();
  });

  it('is rewritten once most of its records no longer matter', async () => {
    const folder = await temporaryFolder();
    const store = await openHubStore(folder);
    const later: HubRecord = message('a', 'More');
    await store.commit(start('a'));
    await store.commit(turn('a'));
    const takeAll = turn('a', { events: [begin(2), end] });
    for (let round = 0; round < 25; round += 1) {
      const first = store.state.instances.get('a')?.nextMessage ?? 0;
      await Promise.all(Array.from({ length: 1000 }, () => store.commit(later)));
      const taken = Array.from({ length: 1000 }, (_, index) => first + index);
      await store.commit({ ...takeAll, reset: true, taken });
    }
    const records = all(store.state);
    await store.close();
    const { size } = await stat(join(folder, 'hub.journal'));
    expect(size).toBeLessThan(1_000_000);
    const again = await openHubStore(folder);
    expect(all(again.state)).toEqual(records);
    await again.close();
  });
});
