import type { HubEvent } from './hubState.ts';

/** From which event on a receiver wants to read. */
export type Position = 'latest' | ((event: HubEvent) => boolean);

const pattern = /^amqp\.annotation\.x-opt-(offset|sequence-number|enqueued-time)\s*(>=?)\s*'([^']*)'$/;

const valueOf: Readonly<Record<string, (event: HubEvent) => number>> = {
  offset: ({ offset }) => offset,
  'sequence-number': ({ sequenceNumber }) => sequenceNumber,
  'enqueued-time': ({ enqueuedAtMs }) => enqueuedAtMs,
};

/**
 * Reads the selector with which clients name their position; without one it is the start.
 *
 * @throws Error when it is none.
 */
export const readPosition = (selector: string | undefined): Position => {
  if (selector === undefined) return () => true;
  const [, name = '', operator, value = ''] = pattern.exec(selector.trim()) ?? [];
  if (value === '@latest') return 'latest';
  const read = valueOf[name];
  const limit = Number(value);
  if (read === undefined || value === '' || Number.isNaN(limit)) {
    throw new Error(`The selector '${selector}' names no position.`);
  }
  return operator === '>=' ? (event) => read(event) >= limit : (event) => read(event) > limit;
};
