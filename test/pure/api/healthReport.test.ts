import { describe, expect, it } from 'vitest';
import type { ServiceEndpoint } from '../../../shared/endpoint/serviceEndpoint.ts';
import { healthReport, type StorageCheck } from '../../../shared/api/healthReport.ts';
import { vitalSignsOf, type VitalSigns } from '../../../shared/job/vitalSigns.ts';
import { acceptedAt, jobWith, later, minutes, nth } from '../../support/jobs.ts';
import { stateOf } from '../../support/endpointEvents.ts';
import { endpointWith } from '../../support/posting.ts';
import { memoryJobStore } from '../../support/memoryJobStore.ts';

const well: VitalSigns = { sweptUntil: acceptedAt, anyJob: true, suspended: false, failed: false };

const report = (
  storage: StorageCheck,
  faults: readonly string[] = [],
  endpoints: readonly ServiceEndpoint[] = [],
) => {
  const answer = healthReport({ faults, endpoints, storage, now: later(acceptedAt, minutes(2)) });
  return { status: answer.status, body: JSON.parse(answer.body) as Record<string, unknown> };
};

const reportOf = (changes: Partial<VitalSigns>) =>
  report({ kind: 'reachable', vitalSigns: { ...well, ...changes }, states: [] });

describe('the health report', () => {
  it('is healthy while the sweeper keeps up, whether or not jobs wait for a person', () => {
    expect(reportOf({})).toMatchObject({ status: 200, body: { status: 'healthy', reasons: [] } });
    expect(reportOf({ suspended: true })).toMatchObject({
      body: { status: 'healthy', jobs: { suspended: true, failed: false } },
    });
  });

  it('is degraded, and still 200, when the sweeper is more than five minutes behind', () => {
    expect(reportOf({ sweptUntil: later(acceptedAt, -minutes(3)) }).body).toMatchObject({
      status: 'healthy',
    });
    expect(reportOf({ sweptUntil: later(acceptedAt, -minutes(3) - 1) })).toMatchObject({
      status: 200,
      body: {
        status: 'degraded',
        reasons: [expect.stringContaining('came no further than 2025-11-24T15:57') as string],
      },
    });
  });

  it('is degraded when the sweeper never ran though there may be jobs', () => {
    expect(reportOf({ sweptUntil: undefined }).body).toMatchObject({ status: 'degraded' });
    expect(reportOf({ sweptUntil: undefined, anyJob: undefined }).body).toMatchObject({ status: 'degraded' });
    expect(reportOf({ sweptUntil: undefined, anyJob: false }).body).toMatchObject({ status: 'healthy' });
  });

  it('is degraded, and still 200, while an endpoint of the file is paused or left alone by its breaker', () => {
    const states = [
      stateOf.paused(),
      { ...stateOf.open(), endpoint: 'two' },
      { ...stateOf.draining(), endpoint: 'three' },
      { ...stateOf.paused(), endpoint: 'gone' },
    ];
    const endpoints = ['orders', 'two', 'three'].map((name) => endpointWith({ name }));
    const { status, body } = report({ kind: 'reachable', vitalSigns: well, states }, [], endpoints);
    expect({ status, body }).toMatchObject({
      status: 200,
      body: {
        status: 'degraded',
        reasons: [
          'Endpoint "orders": Paused by somebody: maintenance',
          expect.stringMatching(/^Endpoint "two": Left alone until .* \(ConnectionFailed\)\.$/) as string,
        ],
      },
    });
  });

  it('is unhealthy and 503 when storage is out of reach or the configuration faulty', () => {
    expect(report({ kind: 'unreachable', detail: 'away' })).toMatchObject({
      status: 503,
      body: { status: 'unhealthy', storage: { status: 'unreachable', detail: 'away' } },
    });
    expect(report({ kind: 'reachable', vitalSigns: well, states: [] }, ['no endpoint'])).toMatchObject({
      status: 503,
    });
  });
});

describe('how things stand', () => {
  it('is told by the bookmark of the sweeper and the jobs that wait for a person', async () => {
    const store = memoryJobStore();
    const nothing = { sweptUntil: undefined, anyJob: false, suspended: false, failed: false };
    expect(await vitalSignsOf(store)).toEqual(nothing);
    await store.insert(jobWith(nth(1), { status: 'Failed', attention: true }), new Uint8Array());
    await store.writeSweptUntil(acceptedAt.getTime());
    expect(await vitalSignsOf(store)).toEqual({ ...well, failed: true });
  });

  it('is left open where the store could not tell in time', async () => {
    const store = memoryJobStore();
    store.list = async () => ({ jobs: [], unreadable: [], next: 'more' });
    expect(await vitalSignsOf(store)).toMatchObject({ anyJob: undefined, suspended: undefined });
  });
});
