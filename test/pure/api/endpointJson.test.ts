import { describe, expect, it } from 'vitest';
import { endpointView } from '../../../shared/api/endpointJson.ts';
import type { EndpointState } from '../../../shared/gate/endpointState.ts';
import { historyOf } from '../../../shared/gate/statistics.ts';
import { gateTime, stateOf } from '../../support/endpointEvents.ts';
import { later } from '../../support/jobs.ts';
import { endpointWith } from '../../support/posting.ts';

const viewOf = (state: EndpointState, held = 0, now = gateTime, fault?: string) =>
  endpointView(
    {
      endpoint: endpointWith(),
      identity: 'test',
      state,
      fault,
      backlog: { held, backlog: held + 1 },
      complete: true,
      history: historyOf([], 'orders', now),
    },
    now,
  );

describe('an endpoint as callers see it', () => {
  it('says why it is not running', () => {
    expect(viewOf(stateOf.running())).toMatchObject({ state: 'running', reason: null, actions: ['pause'] });
    expect(viewOf(stateOf.paused())).toMatchObject({
      reason: 'Paused by somebody: maintenance',
      pause: { by: 'somebody', reason: 'maintenance' },
      actions: ['resume', 'drain'],
    });
    expect(viewOf(stateOf.open()).reason).toMatch(
      /^Left alone until .*: it keeps failing \(ConnectionFailed\)\.$/,
    );
    expect(viewOf(stateOf.halfOpen()).reason).toBe('One job tries it; it kept failing (ConnectionFailed).');
    expect(viewOf(stateOf.draining()).reason).toBe('Held jobs are let go, 600 a minute.');
  });

  it('says that its state cannot be read, although it runs (G-10)', () => {
    expect(viewOf(stateOf.running(), 0, gateTime, 'damaged')).toMatchObject({
      state: 'running',
      reason: 'damaged',
      actions: ['pause'],
    });
  });

  it('shows the breaker with when its probe is due', () => {
    expect(viewOf(stateOf.open()).breaker).toEqual({
      state: 'open',
      openedOn: gateTime.toISOString(),
      code: 'ConnectionFailed',
      nextProbeOn: later(gateTime, 30_000).toISOString(),
      openings: 1,
    });
    expect(viewOf(stateOf.running()).breaker).toEqual({
      state: 'closed',
      openedOn: null,
      code: null,
      nextProbeOn: null,
      openings: 0,
    });
  });

  it('estimates when held jobs are let go: at the rate, from when the probe is due', () => {
    const in90s = later(gateTime, 90_000).toISOString();
    expect(viewOf(stateOf.draining(60), 90).estimatedDrainOn).toBe(in90s);
    expect(viewOf(stateOf.open(), 600).estimatedDrainOn).toBe(in90s);
    expect(viewOf(stateOf.open(), 600, later(gateTime, 600_000)).estimatedDrainOn).toBe(
      later(gateTime, 660_000).toISOString(),
    );
  });

  it('estimates nothing that only a person knows, or where nothing is held', () => {
    expect(viewOf(stateOf.paused(), 90).estimatedDrainOn).toBeNull();
    expect(viewOf(stateOf.draining(), 0).estimatedDrainOn).toBeNull();
  });

  it('shows the rate that is in force', () => {
    expect(viewOf(stateOf.running()).drainPerMinute).toBe(600);
    expect(viewOf({ ...stateOf.running(), drainPerMinute: 30 }).drainPerMinute).toBe(30);
    expect(viewOf({ ...stateOf.draining(9), drainPerMinute: 30 }).drainPerMinute).toBe(9);
  });
});
