import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { afterEvent, claimMs, eventTable, type EndpointEvent } from '../../../shared/gate/afterEvent.ts';
import { breakerDefaults } from '../../../shared/gate/breakerOptions.ts';
import { drainMoves } from '../../../shared/gate/drainRate.ts';
import { endpointStateKinds, kindOf, type EndpointState } from '../../../shared/gate/endpointState.ts';
import { gateOf } from '../../../shared/gate/gateOf.ts';
import { anyEvent, eventSequence, gateTime, probeJobs, stateOf } from '../../support/endpointEvents.ts';
import { later } from '../../support/jobs.ts';

const options = breakerDefaults;

const after = (state: EndpointState, event: EndpointEvent, now = gateTime): EndpointState => {
  const result = afterEvent(state, event, now);
  if (result === undefined) throw new Error(`${event.kind} was refused in ${kindOf(state)}.`);
  return result;
};

const jobAt = (id: string, held = false) => ({ id, held, modifiedOn: gateTime, postponeUntil: undefined });

describe('an event', () => {
  it('leads only where the table says, and is refused where the table is empty', () => {
    const kinds = fc.constantFrom(...endpointStateKinds);
    fc.assert(
      fc.property(kinds, anyEvent(), (kind, event) => {
        const state = stateOf[kind]();
        const result = afterEvent(state, event, gateTime);
        const leadsTo = eventTable[event.kind][kind];
        if (leadsTo === undefined) expect(result).toBeUndefined();
        else if (result !== undefined) expect(leadsTo).toContain(kindOf(result));
      }),
    );
  });

  it('keeps the time of its change only when the kind changes', () => {
    const paused = after(stateOf.running(), { kind: 'pause', by: 'me' });
    expect(paused.since).toBe(gateTime.toISOString());
    const resumed = after(paused, { kind: 'resume', perMinute: 60 }, later(gateTime, 1000));
    const faster = after(resumed, { kind: 'drain', perMinute: 90 }, later(gateTime, 9000));
    expect(faster).toMatchObject({ since: resumed.since, drainPerMinute: 90, drain: { perMinute: 90 } });
  });
});

describe('the breaker', () => {
  it('stays open twice as long after each probe that fails, up to its longest (G-4)', () => {
    let state = after(stateOf.running(), { kind: 'open', code: 'Busy', options });
    let now = gateTime;
    const lengths: number[] = [];
    for (let opening = 0; opening < 7; opening += 1) {
      if (state.breaker.state !== 'open') throw new Error('not open');
      const until = new Date(state.breaker.openUntil);
      lengths.push((until.getTime() - now.getTime()) / 1000);
      now = until;
      state = after(state, { kind: 'claim', job: 'job-1' }, now);
      state = after(state, { kind: 'reopen', job: 'job-1', code: 'Busy', options }, now);
    }
    expect(lengths).toEqual([30, 60, 120, 240, 480, 900, 900]);
  });

  it('closes with its probe, and held jobs are let go (G-4)', () => {
    const half = after(stateOf.open(gateTime), { kind: 'claim', job: 'job-1' });
    const closed = after(half, { kind: 'close', job: 'job-1', perMinute: 60 });
    expect(kindOf(closed)).toBe('draining');
    expect(closed.breaker).toEqual({ state: 'closed', closedOn: gateTime.toISOString() });
    expect(kindOf(after(closed, { kind: 'drained' }))).toBe('running');
  });

  it('is left alone for as long as at first when its probe could not tell', () => {
    const half = after(stateOf.open(gateTime), { kind: 'claim', job: 'job-1' });
    expect(after(half, { kind: 'giveBack', job: 'job-1', options }).breaker).toMatchObject({
      state: 'open',
      openings: 1,
      openUntil: later(gateTime, 30_000).toISOString(),
    });
  });

  it('hears of a probe under way although a person pauses the endpoint', () => {
    const paused = after(stateOf.halfOpen('job-1'), { kind: 'pause', by: 'me' });
    const closed = after(paused, { kind: 'close', job: 'job-1', perMinute: 60 });
    expect(kindOf(closed)).toBe('paused');
    expect(kindOf(after(closed, { kind: 'resume', perMinute: 60 }))).toBe('draining');
  });

  it('lets its probe through at once when a person resumes the endpoint (G-6)', () => {
    const resumed = after(stateOf.open(), { kind: 'resume', perMinute: 60 });
    expect(kindOf(resumed)).toBe('open');
    expect(gateOf(resumed, jobAt('job-2'), gateTime).kind).toBe('probe');
    const pausedOpen = after(stateOf.open(), { kind: 'pause', by: 'me' });
    expect(gateOf(after(pausedOpen, { kind: 'drain', perMinute: 9 }), jobAt('a'), gateTime).kind).toBe(
      'probe',
    );
  });

  it('listens to no result of a job that is not its probe (G-5)', () => {
    const half = stateOf.halfOpen('job-1');
    for (const kind of ['close', 'reopen', 'giveBack'] as const) {
      const event = { kind, job: 'job-2', perMinute: 1, code: 'Busy', options } as EndpointEvent;
      expect(afterEvent(half, event, gateTime)).toBeUndefined();
    }
  });
});

describe('random sequences of events', () => {
  /** Replays a sequence; `look` sees each state with the time it came about. */
  const replay = (
    sequence: readonly { event: EndpointEvent; afterMs: number }[],
    look: (state: EndpointState, now: Date, event: EndpointEvent | undefined) => void,
  ): void => {
    let state = stateOf.running();
    let now = gateTime;
    for (const { event, afterMs } of sequence) {
      now = later(now, afterMs);
      const result = afterEvent(state, event, now);
      state = result ?? state;
      look(state, now, result === undefined ? undefined : event);
    }
  };

  it('never let two probes through at the same time (G-5)', () => {
    fc.assert(
      fc.property(eventSequence(), (sequence) => {
        let running: { job: string; untilMs: number } | undefined;
        replay(sequence, (state, now, event) => {
          if (event?.kind === 'close' || event?.kind === 'reopen' || event?.kind === 'giveBack')
            running = undefined;
          if (event?.kind !== 'claim') return;
          if (running !== undefined && running.job !== event.job)
            expect(running.untilMs).toBeLessThanOrEqual(now.getTime());
          running = { job: event.job, untilMs: now.getTime() + claimMs };
        });
      }),
      { numRuns: 500 },
    );
  });

  it('never let a job through to an endpoint that is paused, and only the one that claims to one that is open (G-1)', () => {
    fc.assert(
      fc.property(eventSequence(), (sequence) => {
        replay(sequence, (state, now) => {
          const passages = probeJobs.map((id) => gateOf(state, jobAt(id), now).kind);
          const held = gateOf(state, jobAt('job-9', true), now).kind;
          if (kindOf(state) === 'paused') expect(new Set([...passages, held])).toEqual(new Set(['held']));
          if (['open', 'halfOpen'].includes(kindOf(state))) expect([...passages, held]).not.toContain('pass');
          const { drain } = state;
          if (kindOf(state) === 'draining' && drain !== undefined) {
            const last = drainMoves(drain, now) ? 'held' : 'pass';
            expect([...passages, held]).toEqual(['pass', 'pass', 'pass', last]);
          }
          if (kindOf(state) === 'running') expect(new Set([...passages, held])).toEqual(new Set(['pass']));
        });
      }),
      { numRuns: 500 },
    );
  });

  it('always leave a way on: whoever is not running can be resumed, or is being helped', () => {
    fc.assert(
      fc.property(eventSequence(), (sequence) => {
        replay(sequence, (state, now) => {
          const kind = kindOf(state);
          if (kind === 'paused' || kind === 'open') expect(eventTable.resume[kind]).toBeDefined();
          if (kind === 'halfOpen') {
            const late = later(now, claimMs);
            expect(afterEvent(state, { kind: 'claim', job: 'another' }, late)).toBeDefined();
          }
        });
      }),
    );
  });
});
