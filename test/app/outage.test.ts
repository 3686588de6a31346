import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { FailureCode } from '../../shared/delivery/failureCatalogue.ts';
import { newOperations } from '../support/contexts.ts';
import { mainQueue, ordersEndpoint, quickRetry, startApp, type RunningApp } from '../support/runningApp.ts';

/** Does not retry by itself within a test. */
const slow = { firstDelaySeconds: 3600 };

const endpointsFile = JSON.stringify({
  endpoints: [
    { ...ordersEndpoint, name: 'quick', retry: quickRetry },
    { ...ordersEndpoint, name: 'slow', retry: slow },
    { ...ordersEndpoint, name: 'missing', path: 'no-such-queue', retry: slow },
  ],
});

let app: RunningApp;
const nextBody = newOperations();
beforeAll(async () => {
  app = await startApp({ endpointsFile });
});
afterAll(() => app.stop());
beforeEach(async () => {
  await app.bus.control.listen();
  await app.bus.control.clearFaults();
  await app.receiveAll();
});

const accept = (endpoint: string): Promise<string> => app.accept(nextBody(), { endpoint });

const answerOf = async (response: Response): Promise<{ status: number; body: Record<string, unknown> }> => ({
  status: response.status,
  body: (await response.json()) as Record<string, unknown>,
});

/** A job that waits because the bus is away. */
const waitingJob = async (endpoint = 'slow'): Promise<string> => {
  await app.bus.control.stopListening();
  const id = await accept(endpoint);
  await app.until(id, 'Waiting');
  return id;
};

describe('while the bus is away', () => {
  it('a job waits, with its reason and its planned attempts (S-1, S-2, T-4)', async () => {
    const job = await app.job(await waitingJob());
    expect(job).toMatchObject({
      status: 'Waiting',
      stateCode: 1,
      statusCode: 10,
      attemptCount: 1,
      errorCode: -2147204743,
      attempts: [{ attempt: 1, outcome: 'retry' }],
    });
    expect((['ConnectionFailed', 'TimedOut'] as (FailureCode | null)[]).includes(job.code)).toBe(true);
    expect(job.plannedAttempts[0]).toBe(job.postponeUntil);
    expect(job.plannedAttempts.length).toBeGreaterThan(20);
  });

  it('a job is delivered once it is back, exactly once', async () => {
    const id = await waitingJob('quick');
    await app.bus.control.listen();
    const job = await app.until(id, 'Succeeded');
    expect(job.attemptCount).toBeGreaterThanOrEqual(2);
    expect(job.retryCount).toBe(job.attemptCount - 1);
    expect((await app.receiveAll()).map(({ messageId }) => messageId)).toEqual([id]);
  });

  it('waiting jobs are found by their status, and no longer once they succeed', async () => {
    const id = await waitingJob('quick');
    const ids = async () => (await app.jobs('status=Waiting&endpoint=quick')).jobs.map((job) => job.id);
    expect(await ids()).toContain(id);
    await app.bus.control.listen();
    await app.until(id, 'Succeeded');
    expect(await ids()).not.toContain(id);
  });
});

describe('an administrator', () => {
  it('retries a waiting job now', async () => {
    const id = await waitingJob();
    await app.bus.control.listen();
    const { status, body } = await answerOf(await app.act(id, 'retry', { reason: 'the bus is back' }));
    expect(status).toBe(202);
    expect(body).toMatchObject({ id, status: 'WaitingForResources' });
    const job = await app.until(id, 'Succeeded');
    expect(job.asked).toMatchObject([{ action: 'retry', reason: 'the bus is back' }]);
  });

  it('cancels a waiting job, which is never sent', async () => {
    const id = await waitingJob();
    await app.act(id, 'cancel');
    await app.until(id, 'Canceled');
    await app.bus.control.listen();
    expect(await app.receiveAll()).toEqual([]);
  });

  it('retries a canceled job, which keeps its id and its attempts (S-6)', async () => {
    const id = await waitingJob();
    await app.act(id, 'cancel');
    await app.until(id, 'Canceled');
    await app.bus.control.listen();
    await app.act(id, 'retry');
    const job = await app.until(id, 'Succeeded');
    expect(job.attempts.map(({ outcome }) => outcome)).toEqual(['retry', 'delivered']);
    expect((await app.receiveAll()).map(({ messageId }) => messageId)).toEqual([id]);
  });

  it('pauses a waiting job and resumes it', async () => {
    const id = await waitingJob();
    await app.act(id, 'pause');
    expect(await app.until(id, 'Suspended')).toMatchObject({
      stateCode: 1,
      statusCode: 10,
      postponeUntil: null,
    });
    await app.bus.control.listen();
    await app.act(id, 'resume');
    await app.until(id, 'Succeeded');
  });

  it('postpones a waiting job', async () => {
    const id = await waitingJob();
    await app.bus.control.listen();
    const until = new Date(Date.now() + 2500).toISOString();
    await app.act(id, 'postpone', { until });
    expect(await app.job(id)).toMatchObject({ status: 'Waiting', postponeUntil: until });
    const job = await app.until(id, 'Succeeded');
    expect(job.attemptCount).toBe(2);
  });

  it('resumes a job that was suspended because its queue was missing', async () => {
    const id = await accept('missing');
    const suspended = await app.until(id, 'Suspended');
    expect(suspended).toMatchObject({
      code: 'EntityNotFound',
      errorCode: -2147204747,
      actions: ['cancel', 'resume', 'postpone', 'retry'],
    });
    expect(suspended.friendlyMessage).toContain('correct the path in the endpoints file');
    await app.bus.control.putQueue({ name: 'no-such-queue' });
    await app.act(id, 'resume');
    await app.until(id, 'Succeeded');
    expect(await app.receiveAll('no-such-queue')).toHaveLength(1);
  });

  it('retries a job that failed because its message was too large', async () => {
    await app.bus.control.putQueue({ name: mainQueue, maxMessageBytes: 100 });
    const id = await accept('quick');
    expect(await app.until(id, 'Failed')).toMatchObject({
      code: 'MessageTooLarge',
      errorCode: -2147155448,
      actions: ['retry'],
    });
    await app.bus.control.putQueue({ name: mainQueue, maxMessageBytes: 262_144 });
    await app.act(id, 'retry');
    await app.until(id, 'Succeeded');
  });

  it('cannot do what the status forbids (S-4)', async () => {
    const id = await accept('quick');
    await app.until(id, 'Succeeded');
    const { status, body } = await answerOf(await app.act(id, 'cancel'));
    expect(status).toBe(409);
    expect(body['detail']).toBe(
      'A job that is Succeeded cannot be asked to cancel. Nothing can be asked of it.',
    );
  });

  it('is told when the job has changed since it was read', async () => {
    const id = await waitingJob();
    const etag = (await app.get(`/api/jobs/${id}`)).headers.get('etag') ?? '';
    expect((await app.act(id, 'pause', undefined, { 'if-match': etag })).status).toBe(202);
    const { status, body } = await answerOf(await app.act(id, 'retry', undefined, { 'if-match': etag }));
    expect(status).toBe(412);
    expect(body).toMatchObject({ code: 'JobChanged' });
  });

  it('is told what is wrong with a request', async () => {
    const id = await waitingJob();
    expect((await app.act(id, 'explode')).status).toBe(404);
    expect((await app.act('no-job', 'cancel')).status).toBe(404);
    expect((await app.act(`zzzzzzzzz-${'0'.repeat(32)}`, 'cancel')).status).toBe(404);
    expect((await app.act(id, 'postpone', {})).status).toBe(400);
    expect((await app.act(id, 'cancel', { because: 'x' })).status).toBe(400);
    expect((await app.get('/api/jobs?status=Retrying')).status).toBe(400);
    expect((await app.get('/api/jobs?after=nonsense')).status).toBe(400);
    expect((await app.get('/api/jobs/no-job')).status).toBe(404);
  });
});

describe('a slow broker', () => {
  it('is shown as In Progress while the attempt lasts', async () => {
    await app.bus.control.putFaults([{ where: 'transfer', what: 'delay', delayMs: 2500 }]);
    const id = await accept('quick');
    expect(await app.until(id, 'InProgress')).toMatchObject({ stateCode: 2, statusCode: 20 });
    expect(await app.until(id, 'Succeeded')).toMatchObject({ attemptCount: 1 });
  });

  it('lets an administrator cancel, and tells the truth when the message went out all the same (S-3)', async () => {
    await app.bus.control.putFaults([{ where: 'transfer', what: 'delay', delayMs: 2500 }]);
    const id = await accept('quick');
    await app.until(id, 'InProgress');
    expect((await answerOf(await app.act(id, 'cancel'))).body).toMatchObject({ status: 'Canceling' });
    expect(await app.until(id, 'Succeeded')).toMatchObject({ asked: [{ action: 'cancel' }] });
  });
});

describe('lists', () => {
  it('page through all jobs, newest first (L-1)', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 7; n += 1) ids.push(await accept('quick'));
    const listed: string[] = [];
    let after: string | null = '';
    do {
      const page: Awaited<ReturnType<RunningApp['jobs']>> = await app.jobs(
        `top=3&endpoint=quick&after=${after}`,
      );
      listed.push(...page.jobs.map((job) => job.id));
      after = page.next;
    } while (after !== null);
    expect(listed).toEqual([...listed].sort());
    expect(new Set(listed).size).toBe(listed.length);
    for (const id of ids) expect(listed).toContain(id);
  });
});
