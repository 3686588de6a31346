import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { afterEvent } from '../../../shared/gate/afterEvent.ts';
import { readEndpointState } from '../../../shared/gate/readEndpointState.ts';
import { eventSequence, gateTime, stateOf } from '../../support/endpointEvents.ts';
import { later } from '../../support/jobs.ts';

const damaged: readonly unknown[] = [
  null,
  'text',
  {},
  { ...stateOf.running(), endpoint: 'other' },
  { ...stateOf.running(), breaker: { state: 'ajar' } },
  { ...stateOf.open(), breaker: { ...stateOf.open().breaker, openUntil: 'soon' } },
  { ...stateOf.open(), breaker: { ...stateOf.open().breaker, code: 'NoSuchCode' } },
  { ...stateOf.halfOpen(), breaker: { ...stateOf.halfOpen().breaker, probe: undefined } },
  { ...stateOf.paused(), pause: { by: 'me' } },
  { ...stateOf.draining(), drain: { ...stateOf.draining().drain, perMinute: 0 } },
  { ...stateOf.draining(), drain: { ...stateOf.draining().drain, paidUntil: undefined } },
  { ...stateOf.running(), drainPerMinute: 'many' },
];

describe('a stored state of an endpoint (G-10)', () => {
  it('is read as it was written, whatever happened to the endpoint', () => {
    fc.assert(
      fc.property(eventSequence(), (sequence) => {
        let state = stateOf.running();
        let now = gateTime;
        for (const { event, afterMs } of sequence) {
          now = later(now, afterMs);
          state = afterEvent(state, event, now) ?? state;
          expect(readEndpointState('orders', JSON.stringify(state))).toEqual(
            JSON.parse(JSON.stringify(state)),
          );
        }
      }),
    );
  });

  it.each(damaged.map((value) => JSON.stringify(value)))('is refused when it is damaged: %s', (text) => {
    expect(() => readEndpointState('orders', text)).toThrow('is no state of orders');
  });

  it('is refused when it is no JSON, or nothing', () => {
    for (const text of ['{', '', undefined]) expect(() => readEndpointState('orders', text)).toThrow();
  });
});
