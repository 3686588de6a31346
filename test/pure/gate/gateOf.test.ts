import { describe, expect, it } from 'vitest';
import { gateOf, type Passage } from '../../../shared/gate/gateOf.ts';
import { gateTime, stateOf } from '../../support/endpointEvents.ts';
import { later } from '../../support/jobs.ts';

const fresh = { id: 'job-1', held: false, modifiedOn: gateTime, postponeUntil: undefined };

const heldUntil = (passage: Passage): number =>
  passage.kind === 'held' ? passage.lookAgainOn.getTime() : Number.NaN;

describe('the gate', () => {
  it('says why a job is held: who paused, or what the endpoint keeps failing with', () => {
    expect(gateOf(stateOf.paused(), fresh, gateTime)).toMatchObject({
      kind: 'held',
      reason: 'the endpoint was paused by somebody: maintenance',
    });
    expect(gateOf(stateOf.open(), fresh, gateTime)).toMatchObject({
      kind: 'held',
      reason: `the endpoint keeps failing (ConnectionFailed), so it is left alone until ${later(gateTime, 30_000).toISOString()}`,
    });
    expect(gateOf(stateOf.halfOpen('job-2'), fresh, gateTime)).toMatchObject({
      reason: 'the endpoint keeps failing (ConnectionFailed), so it is left alone while one job tries it',
    });
  });

  it('lets a held job look again after a minute, then after twice as long, up to ten minutes (G-7)', () => {
    let job = { ...fresh, held: false, postponeUntil: undefined as Date | undefined };
    let now = gateTime;
    const minutes: number[] = [];
    for (let look = 0; look < 7; look += 1) {
      const lookAgainOn = new Date(heldUntil(gateOf(stateOf.paused(), job, now)));
      minutes.push(Math.round((lookAgainOn.getTime() - now.getTime()) / 60_000));
      job = { ...job, held: true, modifiedOn: now, postponeUntil: lookAgainOn };
      now = lookAgainOn;
    }
    expect(minutes.slice(0, 4)).toEqual([1, 2, 4, 8]);
    for (const longest of minutes.slice(4)) expect(longest).toBeGreaterThanOrEqual(9);
    for (const longest of minutes.slice(4)) expect(longest).toBeLessThanOrEqual(11);
  });

  it('does not hold for a drain that stands still for two minutes: its recovery is lost (G-7)', () => {
    const held = { ...fresh, held: true };
    const slow = stateOf.draining(1);
    expect(gateOf(slow, held, later(gateTime, 180_000)).kind).toBe('held');
    expect(gateOf(slow, held, later(gateTime, 180_001))).toEqual({ kind: 'pass' });
    expect(gateOf(stateOf.draining(600), held, later(gateTime, 120_101))).toEqual({ kind: 'pass' });
  });

  it('spreads the looks of jobs that are held together by their ids', () => {
    const looks = Array.from({ length: 50 }, (_, n) =>
      heldUntil(gateOf(stateOf.paused(), { ...fresh, id: `job-${n}` }, gateTime)),
    );
    expect(new Set(looks).size).toBeGreaterThan(40);
  });

  it('lets the probe make its attempt again when its activity runs twice', () => {
    expect(gateOf(stateOf.halfOpen('job-1'), fresh, gateTime)).toEqual({ kind: 'probe' });
  });

  it('lets another job claim when the probe is overdue (G-5)', () => {
    const overdue = stateOf.halfOpen('job-2', gateTime);
    expect(gateOf(overdue, fresh, gateTime)).toEqual({ kind: 'probe' });
  });
});
