import type { FaultRule } from './faultRule.ts';

/**
 * Faults that last, by what a client sees of them; put them with other rules until the fault is over. "Nobody
 * listens" is no fault but `stopListening`.
 */

const always = 'always';

/** The key does not open the queue (any more). */
export const unauthorized = (entity: string): FaultRule => ({
  where: 'attach',
  what: 'refuse',
  entity,
  howOften: always,
  condition: 'amqp:unauthorized-access',
  description: `Unauthorized access. 'Send' claim(s) are required to perform this operation. Resource: '${entity}'.`,
});

/** The queue is not there; the client tells this from other failures by the text. */
export const notFound = (entity: string): FaultRule => ({
  where: 'attach',
  what: 'refuse',
  entity,
  howOften: always,
  condition: 'amqp:not-found',
  description: `The messaging entity '${entity}' could not be found.`,
});

/** Every transfer is rejected. */
export const serverBusy = (entity: string): FaultRule => ({
  where: 'transfer',
  what: 'reject',
  entity,
  howOften: always,
  condition: 'com.microsoft:server-busy',
  description: 'The request was terminated because the entity is being throttled. Error code: 50009.',
});

/** Transfers beyond `perSecond` are rejected as {@link serverBusy}. */
export const throttled = (entity: string, perSecond: number): FaultRule => ({
  where: 'transfer',
  what: 'throttle',
  entity,
  perSecond,
});
