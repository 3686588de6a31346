import { describe, expect, it } from 'vitest';
import type { Attempt, JobDetail } from '../../../web/api/jobDetail.ts';
import { timelineOf } from '../../../web/model/timeline.ts';

const at = (minute: number): string => `2026-11-29T10:${String(minute).padStart(2, '0')}:00.000Z`;

const failedAttempt = (attempt: number, minute: number): Attempt => ({
  attempt,
  startedOn: at(minute),
  durationMs: 12,
  outcome: 'retry',
  code: 'Busy',
});

const job = (changes: Partial<JobDetail>): JobDetail => ({
  id: 'z-1',
  name: 'Update of account',
  endpoint: 'orders',
  stateCode: 1,
  statusCode: 10,
  retryCount: 0,
  status: 'Waiting',
  held: false,
  friendlyMessage: 'Waits.',
  code: 'Busy',
  errorCode: null,
  message: null,
  attemptCount: 0,
  postponeUntil: null,
  createdOn: at(0),
  startedOn: null,
  completedOn: null,
  modifiedOn: at(0),
  operationId: null,
  operationCreatedOn: null,
  correlationId: null,
  requestId: null,
  depth: 1,
  messageName: 'Update',
  primaryEntityType: 'account',
  regardingObjectId: 'a',
  owningExtensionId: null,
  organization: null,
  actions: [],
  sizeExceeded: false,
  idempotencyKey: null,
  body: { bytes: 1, sha256: '' },
  answer: null,
  attempts: [],
  plannedAttempts: [],
  asked: [],
  ...changes,
});

const kinds = (changes: Partial<JobDetail>): string[] => timelineOf(job(changes)).map(({ kind }) => kind);

describe('the timeline of a job', () => {
  it('goes from acceptance over the attempts and the wait to the planned attempts, numbered on', () => {
    const moments = timelineOf(
      job({
        attemptCount: 2,
        attempts: [failedAttempt(1, 1), failedAttempt(2, 2)],
        postponeUntil: at(9),
        plannedAttempts: [at(9), at(20)],
      }),
    );
    expect(moments.map(({ kind }) => kind)).toEqual([
      'accepted',
      'attempt',
      'attempt',
      'now',
      'planned',
      'planned',
    ]);
    expect(moments.slice(3)).toEqual([
      { kind: 'now', until: at(9) },
      { kind: 'planned', on: at(9), number: 3 },
      { kind: 'planned', on: at(20), number: 4 },
    ]);
  });

  it('has what people did among the attempts, in the order of time', () => {
    expect(
      kinds({
        attempts: [failedAttempt(1, 1), failedAttempt(2, 5)],
        asked: [{ action: 'retry', on: at(3), by: 'Ann' }],
      }),
    ).toEqual(['accepted', 'attempt', 'action', 'attempt', 'now']);
  });

  it('says how many attempts are not kept', () => {
    expect(timelineOf(job({ attempts: [failedAttempt(1, 1), failedAttempt(40, 5)] }))).toContainEqual({
      kind: 'leftOut',
      count: 38,
      on: at(5),
    });
  });

  it('ends with the end, before a look that somebody took later', () => {
    const looked = { action: 'seePayload', on: at(30), by: 'Ann' };
    const delivered: Attempt = { ...failedAttempt(1, 1), outcome: 'delivered' };
    const changes: Partial<JobDetail> = { status: 'Succeeded', completedOn: at(2), attempts: [delivered] };
    expect(kinds(changes)).toEqual(['accepted', 'attempt', 'end']);
    expect(kinds({ ...changes, asked: [looked] })).toEqual(['accepted', 'attempt', 'end', 'action']);
  });
});
