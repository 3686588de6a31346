import { describe, expect, it } from 'vitest';
import type { OutgoingMessage, PropertyValue } from '../../../shared/message/outgoingMessage.ts';
import { maxContextBytes, tooLargeFor } from '../../../shared/message/sizes.ts';

const message = (
  bytes: number,
  applicationProperties: Record<string, PropertyValue> = {},
): OutgoingMessage => ({
  messageId: 'id',
  correlationId: undefined,
  contentType: 'application/json',
  body: new Uint8Array(bytes),
  applicationProperties,
});

const kib = 1024;
const mib = 1024 * kib;

describe('the size of a message', () => {
  it('is bounded for contexts as Dataverse bounds them', () => {
    expect(maxContextBytes).toBe(196_608);
  });

  it.each([
    ['queue', 'basic', 256 * kib],
    ['queue', 'standard', 256 * kib],
    ['queue', 'premium', 100 * mib],
    ['topic', 'standard', 256 * kib],
    ['topic', 'premium', 100 * mib],
    ['eventHub', 'basic', 256 * kib],
    ['eventHub', 'standard', mib],
    ['eventHub', 'premium', mib],
  ] as const)(
    'for contract %s, tier %s, is at most %d bytes, with a kilobyte for the rest (M-9)',
    (contract, tier, limit) => {
      expect(tooLargeFor(contract, tier, message(limit - kib))).toBeUndefined();
      expect(tooLargeFor(contract, tier, message(limit - kib + 1))).toBe(
        `The message has about ${limit + 1} bytes; contract ${contract}, tier ${tier}, takes ${limit}.`,
      );
    },
  );

  it.each(['oneWay', 'twoWay', 'rest'] as const)('is not bounded for a relay (%s)', (contract) => {
    expect(tooLargeFor(contract, 'standard', message(2 * mib))).toBeUndefined();
  });

  it('counts properties by their bytes', () => {
    const room = 256 * kib - 2 * kib;
    expect(tooLargeFor('queue', 'standard', message(room, { name: 'x'.repeat(kib - 12) }))).toBeUndefined();
    expect(tooLargeFor('queue', 'standard', message(room, { name: 'x'.repeat(kib - 11) }))).toBeDefined();
    expect(tooLargeFor('queue', 'standard', message(room, { name: '\u20AC'.repeat(kib / 2) }))).toBeDefined();
    expect(tooLargeFor('queue', 'standard', message(room, { n: 1, b: true }))).toBeUndefined();
  });
});
