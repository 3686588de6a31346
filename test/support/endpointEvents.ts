import fc from 'fast-check';
import type { EndpointEvent } from '../../shared/gate/afterEvent.ts';
import { breakerDefaults } from '../../shared/gate/breakerOptions.ts';
import type { EndpointState } from '../../shared/gate/endpointState.ts';
import { acceptedAt, later } from './jobs.ts';

export const probeJobs = ['job-1', 'job-2', 'job-3'] as const;

/** Time in which everything of the gate's tests happens. */
export const gateTime = acceptedAt;

const job = fc.constantFrom(...probeJobs);
const perMinute = fc.constantFrom(1, 600, 6000);
const options = fc.constant(breakerDefaults);

/** Any event, sensible or not. */
export const anyEvent = (): fc.Arbitrary<EndpointEvent> =>
  fc.oneof(
    fc.record({ kind: fc.constant('pause' as const), by: fc.constant('somebody') }),
    fc.record({ kind: fc.constantFrom('resume' as const, 'drain' as const), perMinute }),
    fc.record({ kind: fc.constant('open' as const), code: fc.constant('Busy' as const), options }),
    fc.record({ kind: fc.constant('claim' as const), job }),
    fc.record({ kind: fc.constant('close' as const), job, perMinute }),
    fc.record({ kind: fc.constant('reopen' as const), job, code: fc.constant('TimedOut' as const), options }),
    fc.record({ kind: fc.constant('giveBack' as const), job, options }),
    fc.record({ kind: fc.constant('letGo' as const), paidUntil: fc.constant(gateTime) }),
    fc.record({ kind: fc.constant('drained' as const) }),
  );

/** Events with the milliseconds that pass before each. */
export const eventSequence = (): fc.Arbitrary<{ event: EndpointEvent; afterMs: number }[]> =>
  fc.array(fc.record({ event: anyEvent(), afterMs: fc.constantFrom(0, 1000, 31_000, 200_000) }), {
    maxLength: 40,
  });

/** A state of each kind. */
export const stateOf = {
  running: (): EndpointState => ({ endpoint: 'orders', breaker: { state: 'closed' } }),
  paused: (): EndpointState => ({
    ...stateOf.running(),
    pause: { by: 'somebody', on: gateTime.toISOString(), reason: 'maintenance' },
  }),
  open: (openUntil: Date = later(gateTime, 30_000)): EndpointState => ({
    ...stateOf.running(),
    breaker: {
      state: 'open',
      openedOn: gateTime.toISOString(),
      openUntil: openUntil.toISOString(),
      openings: 1,
      code: 'ConnectionFailed',
    },
  }),
  halfOpen: (probe: string = probeJobs[0], claimedUntil: Date = later(gateTime, 60_000)): EndpointState => ({
    ...stateOf.running(),
    breaker: {
      state: 'halfOpen',
      openedOn: gateTime.toISOString(),
      openUntil: gateTime.toISOString(),
      openings: 1,
      code: 'ConnectionFailed',
      probe,
      claimedUntil: claimedUntil.toISOString(),
    },
  }),
  draining: (perMinute = 600, startedOn: Date = gateTime): EndpointState => ({
    ...stateOf.running(),
    drain: { perMinute, startedOn: startedOn.toISOString(), paidUntil: startedOn.toISOString() },
  }),
};
