import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { apply } from '../../../local/bus/broker/apply.ts';
import type { Change, Lane } from '../../../local/bus/broker/change.ts';
import type { NewMessage } from '../../../local/bus/broker/message.ts';
import { queueSettings } from '../../../local/bus/broker/queueSettings.ts';
import { snapshot } from '../../../local/bus/broker/snapshot.ts';
import type { BrokerState } from '../../../local/bus/broker/state.ts';
import { fromLine, toLine, type Line } from '../../../local/bus/store/changeCodec.ts';
import {
  encodeSection,
  encodeList,
  encodeString,
  encodeMap,
  encodeInt,
} from '../../../local/bus/wire/encode.ts';
import { readMessage } from '../../../local/bus/wire/messageParts.ts';
import { sectionCode } from '../../../local/bus/wire/sections.ts';

const propertiesSection = (n: number) =>
  encodeSection(sectionCode.applicationProperties, encodeMap([encodeString('n'), encodeInt(n)]));

const messageWith = (sequenceNumber: number, id: string, ttlMs: number, scheduled: boolean): NewMessage => {
  const bytes = Buffer.concat([
    encodeSection(sectionCode.properties, encodeList([encodeString(id)])),
    encodeSection(sectionCode.value, encodeString(`body of ${id}`)),
  ]);
  const { parts, id: key, sizeBytes } = readMessage(bytes, () => 'unused');
  const scheduledAtMs = scheduled ? 5000 : undefined;
  return {
    sequenceNumber,
    id: key,
    parts,
    sizeBytes,
    enqueuedAtMs: 1000 + sequenceNumber,
    ttlMs,
    scheduledAtMs,
  };
};

const queue = fc.constantFrom('one', 'two');
const lane = fc.constantFrom<Lane>('main', 'deadLetter');
const number = fc.integer({ min: 1, max: 12 });
const props = fc.option(fc.integer({ min: 0, max: 99 }).map(propertiesSection), { nil: undefined });
const settings = fc
  .record({
    name: fc.constantFrom('One', 'two'),
    duplicateDetectionWindowMs: fc.constantFrom(undefined, 1000),
  })
  .map(({ name, duplicateDetectionWindowMs }) =>
    queueSettings({ name, ...(duplicateDetectionWindowMs !== undefined && { duplicateDetectionWindowMs }) }),
  );
const newMessage = fc
  .tuple(
    number,
    fc.constantFrom('a', 'b', 'c'),
    fc.constantFrom(60_000, Number.POSITIVE_INFINITY),
    fc.boolean(),
  )
  .map(([n, id, ttlMs, scheduled]) => messageWith(n, id, ttlMs, scheduled));

/** Anything that may happen, also to messages and queues that are not there. */
const change = fc.oneof(
  settings.map((s): Change => ({ kind: 'queuePut', settings: s, lastSequenceNumber: 0 })),
  queue.map((q): Change => ({ kind: 'queueDeleted', queue: q })),
  fc
    .record({ queue, messages: fc.array(newMessage, { maxLength: 3 }) })
    .map((c): Change => ({ kind: 'accepted', ...c })),
  fc
    .record({
      queue,
      messages: fc.array(newMessage, { maxLength: 3 }),
      released: fc.option(number, { nil: undefined }),
      accepted: fc.array(fc.tuple(fc.constantFrom('a', 'b'), fc.nat(9)), { maxLength: 2 }),
      target: queue,
    })
    .map(({ queue: topic, messages, released, accepted, target }): Change => ({
      kind: 'published',
      queue: topic,
      lastSequenceNumber: 0,
      accepted,
      scheduled: messages.filter(({ scheduledAtMs }) => scheduledAtMs !== undefined),
      released,
      copies: [{ queue: target, messages }],
    })),
  fc
    .record({ queue, sequenceNumber: number })
    .map((c): Change => ({ kind: 'enqueued', ...c, newSequenceNumber: c.sequenceNumber + 20, atMs: 7000 })),
  fc.record({ queue, lane, sequenceNumber: number }).map((c): Change => ({ kind: 'removed', ...c })),
  fc
    .record({
      queue,
      lane,
      sequenceNumber: number,
      state: fc.constantFrom('active', 'deferred'),
      deliveryCount: fc.nat(5),
      applicationProperties: props,
    })
    .map((c): Change => ({ kind: 'returned', ...c, state: c.state === 'active' ? 'active' : 'deferred' })),
  fc
    .record({ queue, session: fc.constantFrom('s', 't'), kept: fc.option(fc.nat(9), { nil: undefined }) })
    .map(({ kept, ...c }): Change => ({
      kind: 'sessionState',
      ...c,
      state: kept === undefined ? undefined : Buffer.of(kept),
    })),
  fc
    .record({ queue, sequenceNumber: number, deliveryCount: fc.nat(5), applicationProperties: props })
    .map((c): Change => ({ kind: 'deadLettered', ...c })),
);

/** Numbers are given out once, as the broker does it. */
const numbered = (changes: readonly Change[]): Change[] => {
  const last = new Map<string, number>();
  const next = (queueName: string): number => {
    const given = (last.get(queueName) ?? 0) + 1;
    last.set(queueName, given);
    return given;
  };
  return changes.map((step) => {
    if (step.kind === 'enqueued') return { ...step, newSequenceNumber: next(step.queue) };
    if (step.kind === 'published') {
      const again = (name: string) => (message: NewMessage) => ({ ...message, sequenceNumber: next(name) });
      const scheduled = step.scheduled.map(again(step.queue));
      const copies = step.copies.map(({ queue: to, messages }) => ({
        queue: to,
        messages: messages.map(again(to)),
      }));
      return { ...step, copies, scheduled, lastSequenceNumber: last.get(step.queue) ?? 0 };
    }
    if (step.kind !== 'accepted') return step;
    const messages = step.messages.map((message) => ({ ...message, sequenceNumber: next(step.queue) }));
    return { ...step, messages };
  });
};
const history = fc.array(change, { maxLength: 60 }).map(numbered);

const throughJournal = (step: Change): Change => fromLine(JSON.parse(JSON.stringify(toLine(step))) as Line);

const stateAfter = (changes: Iterable<Change>): BrokerState => {
  const state: BrokerState = new Map();
  for (const step of changes) apply(state, step);
  return state;
};

describe('the state of the broker', () => {
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
        expect(stateAfter([...snapshot(state)].map(throughJournal))).toEqual(state);
      }),
    );
  });

  it('knows how much its queues hold', () => {
    fc.assert(
      fc.property(history, (changes) => {
        for (const { lanes, sizeBytes } of stateAfter(changes).values()) {
          const messages = [...lanes.main.values(), ...lanes.deadLetter.values()];
          expect(sizeBytes).toBe(messages.reduce((sum, message) => sum + message.sizeBytes, 0));
        }
      }),
    );
  });

  it('holds the messages of a queue in order of their numbers', () => {
    fc.assert(
      fc.property(history, (changes) => {
        for (const { lanes, lastSequenceNumber } of stateAfter(changes).values()) {
          const numbers = [...lanes.main.keys()];
          expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
          expect(Math.max(0, ...numbers)).toBeLessThanOrEqual(lastSequenceNumber);
        }
      }),
    );
  });
});
