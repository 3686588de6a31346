import { describe, expect, it } from 'vitest';
import { acceptanceAnswer, routedAnswer } from '../../../shared/api/acceptanceAnswer.ts';
import type { Accepted } from '../../../shared/job/acceptNotification.ts';
import { jobStatuses, type JobStatus } from '../../../shared/job/jobStatus.ts';
import type { SystemJob } from '../../../shared/job/systemJob.ts';
import { jobWith } from '../../support/jobs.ts';

const { id } = jobWith();
const accepted: Accepted = { kind: 'accepted', jobId: id, duplicate: false };
const filteredOut = { kind: 'filteredOut', reason: 'Not this one.' } as const;
const job = { id, duplicate: false, href: `/api/jobs/${id}` };

const answerOf = (...[acceptance, waited]: Parameters<typeof acceptanceAnswer>) => {
  const { status, headers, body } = acceptanceAnswer(acceptance, waited);
  return { status, location: headers['location'], body: JSON.parse(body) as unknown };
};

const ended = (changes: Partial<SystemJob>) => jobWith({}, { friendlyMessage: 'So it is.', ...changes });

describe('the answer to a notification', () => {
  it('is 202 with the job and where it is (R-11)', () => {
    expect(answerOf(accepted, undefined)).toEqual({ status: 202, location: job.href, body: { job } });
    expect(answerOf({ ...accepted, duplicate: true }, undefined).body).toEqual({
      job: { ...job, duplicate: true },
    });
  });

  it('is 202 without a job where the filter does not want it (R-10)', () => {
    expect(answerOf(filteredOut, undefined)).toEqual({
      status: 202,
      location: undefined,
      body: { job: null, reason: 'Not this one.' },
    });
  });

  it("is 200 with the listener's string once the job is done (R-12)", () => {
    expect(answerOf(accepted, ended({ status: 'Succeeded', answer: 'done' }))).toEqual({
      status: 200,
      location: job.href,
      body: { job: { ...job, status: 'Succeeded', friendlyMessage: 'So it is.' }, answer: 'done' },
    });
  });

  it('tells an empty string from none', () => {
    expect(answerOf(accepted, ended({ status: 'Succeeded', answer: '' })).body).toMatchObject({ answer: '' });
    expect(answerOf(accepted, ended({ status: 'Succeeded' })).body).toMatchObject({ answer: null });
  });

  const others = (Object.keys(jobStatuses) as JobStatus[]).filter((status) => status !== 'Succeeded');

  it.each(others)(
    'is 202 with the reason while the job is %s, for what was stored is not lost (R-12)',
    (status) => {
      expect(answerOf(accepted, ended({ status }))).toMatchObject({
        status: 202,
        body: { job: { id, status, friendlyMessage: 'So it is.' }, answer: null },
      });
    },
  );
});

describe('the answer to a notification for all routes', () => {
  const bodyOf = (...routed: Parameters<typeof routedAnswer>[0]) => {
    const { status, body } = routedAnswer(routed);
    return { status, body: JSON.parse(body) as unknown };
  };

  it('names the job of each endpoint, and who did not want it (R-10, R-13)', () => {
    expect(
      bodyOf(
        { endpoint: 'a', acceptance: accepted },
        { endpoint: 'b', acceptance: filteredOut },
        { endpoint: 'c', acceptance: { ...accepted, duplicate: true } },
      ),
    ).toEqual({
      status: 202,
      body: {
        jobs: [
          { endpoint: 'a', ...job },
          { endpoint: 'c', ...job, duplicate: true },
        ],
        filteredOut: [{ endpoint: 'b', reason: 'Not this one.' }],
      },
    });
  });

  it('is 202 even if no route leads anywhere', () => {
    expect(bodyOf()).toEqual({ status: 202, body: { jobs: [], filteredOut: [] } });
  });
});
