import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FaultRule } from '../../../local/bus/faults/faultRule.ts';
import {
  applyToNamespace,
  emptyNamespace,
  snapshotOfNamespace,
  type NamespaceChange,
} from '../../../local/bus/broker/namespace.ts';
import type { HubChange } from '../../../local/bus/hubs/hubChange.ts';
import { hubSettings } from '../../../local/bus/hubs/hubSettings.ts';
import {
  fromNamespaceLine,
  toNamespaceLine,
  type NamespaceLine,
} from '../../../local/bus/store/namespaceCodec.ts';
import { temporaryFolder } from '../support/program.ts';
import { useBusProgram } from './support/busProgram.ts';
import { bodiesIn, consumerOf, earliest, producerOf, watch } from './support/eventHubs.ts';
import { failureOf } from './support/testBus.ts';

const program = useBusProgram();
const eventHubs = [{ name: 'events', partitions: 2 }];

describe('an event hub after kill -9', () => {
  it.each<[string, FaultRule, unknown[]]>([
    ['before events were stored, has none of them', { where: 'transfer', what: 'die' }, []],
    ['after they were stored, has all', { where: 'transfer', what: 'die', when: 'after' }, [1, 2]],
  ])('%s', async (_name, rule, there) => {
    const stateFolder = await temporaryFolder();
    const bus = await program.start({ eventHubs, stateFolder, faults: [rule] });
    const producer = producerOf(bus.ready.eventHubsConnectionString);
    const sent = producer.sendBatch([{ body: 1 }, { body: 2 }], { partitionId: '0' });
    expect((await failureOf(sent)).code).toBe('OperationTimeoutError');
    await bus.ended;
    const again = await program.start({ eventHubs, stateFolder });
    expect(await again.control.eventHub('events')).toMatchObject({ events: there.length });
    await producerOf(again.ready.eventHubsConnectionString).sendBatch([{ body: 'new' }], {
      partitionId: '0',
    });
    const seen = watch(consumerOf(again.ready.eventHubsConnectionString), earliest, { partition: '0' });
    await expect.poll(() => bodiesIn(seen), { timeout: 5000 }).toEqual([...there, 'new']);
  });

  it('goes on counting, also from a compacted journal', async () => {
    const stateFolder = await temporaryFolder();
    const first = await program.start({ eventHubs, stateFolder });
    const producer = producerOf(first.ready.eventHubsConnectionString);
    await producer.sendBatch([{ body: 'a', properties: { n: 1 } }], { partitionKey: 'k' });
    const before = await first.control.eventHub('events');
    const { createdOn } = await producer.getEventHubProperties();
    await first.kill();
    for (let restart = 0; restart < 2; restart += 1) {
      const again = await program.start({ eventHubs, stateFolder });
      expect(await again.control.eventHub('events')).toEqual(before);
      await again.kill();
    }
    const last = await program.start({ stateFolder });
    const after = producerOf(last.ready.eventHubsConnectionString);
    expect((await after.getEventHubProperties()).createdOn).toEqual(createdOn);
    await after.sendBatch([{ body: 'b' }], { partitionKey: 'k' });
    const seen = watch(consumerOf(last.ready.eventHubsConnectionString), earliest);
    await expect.poll(() => bodiesIn(seen), { timeout: 5000 }).toEqual(['a', 'b']);
    expect(seen.events.map(({ sequenceNumber }) => sequenceNumber)).toEqual([0, 1]);
    expect(seen.events[0]).toMatchObject({ properties: { n: 1 }, partitionKey: 'k' });
  });
});

const partition = fc.integer({ min: 0, max: 3 });
const change = fc.oneof(
  fc
    .record({ partitions: fc.integer({ min: 1, max: 3 }), most: fc.integer({ min: 1, max: 5 }) })
    .map(({ partitions, most }): HubChange => ({
      kind: 'hubPut',
      settings: hubSettings({ name: 'Events', partitions, maxEventsPerPartition: most, retentionMs: 50 }),
      createdAtMs: 1,
    })),
  fc.record({
    partition,
    sizes: fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 4 }),
    atMs: fc.nat(200),
  }),
  fc.constant<HubChange>({ kind: 'hubDeleted', hub: 'events' }),
);

/** Numbers, times and partitions only grow, as the broker has it. */
const numbered = (changes: readonly (HubChange | { partition: number; sizes: number[]; atMs: number })[]) => {
  const next = [0, 0, 0, 0];
  let now = 0;
  let most = 0;
  return changes.map((step): NamespaceChange => {
    if ('kind' in step && step.kind === 'hubPut') {
      most = Math.max(most, step.settings.partitions);
      return { ...step, settings: { ...step.settings, partitions: most } };
    }
    if ('kind' in step) return step;
    now += step.atMs;
    const events = step.sizes.map((size) => {
      const sequenceNumber = next[step.partition] ?? 0;
      next[step.partition] = sequenceNumber + 1;
      return { sequenceNumber, offset: sequenceNumber * 10, enqueuedAtMs: now, bytes: Buffer.alloc(size) };
    });
    return { kind: 'appended', hub: 'events', partition: step.partition, events };
  });
};

const stateAfter = (changes: Iterable<NamespaceChange>) => {
  const state = emptyNamespace();
  for (const step of changes) applyToNamespace(state, step);
  return state;
};
const throughJournal = (step: NamespaceChange): NamespaceChange =>
  fromNamespaceLine(JSON.parse(JSON.stringify(toNamespaceLine(step))) as NamespaceLine);

describe('the state of event hubs', () => {
  const history = fc.array(change, { maxLength: 40 }).map(numbered);

  it('is the same after its changes went through the journal', () => {
    fc.assert(
      fc.property(history, (changes) => {
        expect(stateAfter(changes.map(throughJournal))).toEqual(stateAfter(changes));
      }),
    );
  });

  it('is the same after the journal was rewritten', () => {
    fc.assert(
      fc.property(history, (changes) => {
        const state = stateAfter(changes);
        expect(stateAfter([...snapshotOfNamespace(state)].map(throughJournal))).toEqual(state);
      }),
    );
  });
});
