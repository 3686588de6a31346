import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { activitiesPerGeneration } from '../../shared/job/workflow.ts';
import { operationBody } from '../support/contexts.ts';
import { startApp, type RunningApp } from '../support/runningApp.ts';
import { countRequests } from '../support/requestCounter.ts';

/**
 * What a job costs, counted: the figures that docs/benchmarks.md reports (4 + 3 a retry, 3 + 2 a retry) are rules here. A
 * day of retries passes in moments.
 */
let app: RunningApp;
let count = 0;
beforeAll(async () => {
  // The sweeper's own requests would be counted too.
  app = await startApp({
    skipTime: true,
    settings: { 'AzureWebJobs.sweeperTimer.Disabled': 'true' },
  });
  await app.until(await app.accept(await nextBody()), 'Succeeded');
});
afterAll(() => app.stop());

const nextBody = async (): Promise<string> => {
  count += 1;
  return operationBody(count, Date.parse((await app.host().control.clock()).now));
};

describe.each([0, 1, 10])('a job with %i retries', (retries) => {
  it('costs four work items and three for each retry, and three table requests and two for each retry', async () => {
    await app.bus.control.putFaults(
      retries === 0
        ? []
        : [{ where: 'transfer', what: 'reject', condition: 'com.microsoft:server-busy', howOften: retries }],
    );
    const body = await nextBody();
    const requests = countRequests(app);
    await app.host().control.whenIdle();
    await app.host().control.resetReport();
    const id = await app.accept(body);
    await app.host().control.whenIdle();
    const report = await app.host().control.report();
    const tableRequests = requests.total();
    expect(await app.job(id)).toMatchObject({ status: 'Succeeded', attemptCount: retries + 1 });
    const workItems = report.starts + report.episodes + report.activities;
    expect({ workItems, tableRequests, activities: report.activities, timers: report.timersFired }).toEqual({
      workItems: 4 + 3 * retries,
      tableRequests: 3 + 2 * retries,
      activities: 1 + retries,
      timers: retries,
    });
  });
});

describe('many who look at the same moment', () => {
  it.each([
    ['endpoints', 16],
    ['endpoints/orders', 16],
    ['health', 49],
  ])('at %s cost one count of the jobs', async (path, ofCount) => {
    const looks = 10;
    // The states and the statistics of endpoints are read anew by each.
    const ofEach = 2;
    await app.host().control.whenIdle();
    const requests = countRequests(app);
    await Promise.all(Array.from({ length: looks }, () => app.get(`/api/${path}`)));
    expect(requests.total()).toBeLessThanOrEqual(ofCount + looks * ofEach);
  });
});

/** Activities in the history that every further step of a job would have to replay. */
const activitiesInHistory = async (id: string): Promise<number> => {
  const { rpcBaseUrl } = app.host().ready;
  const instance = await (await fetch(`${rpcBaseUrl}instances/${id}?showHistory=true`)).json();
  const { historyEvents } = instance as { historyEvents: { EventType: string }[] };
  return historyEvents.filter(({ EventType }) => EventType === 'TaskCompleted').length;
};

describe('a job whose receiver stays away', () => {
  it('is tried at growing intervals for a day, then Failed, while its history stays short (T-1, T-2)', async () => {
    await app.bus.control.putFaults([
      { where: 'transfer', what: 'reject', condition: 'com.microsoft:server-busy', howOften: 'always' },
    ]);
    const id = await app.accept(await nextBody());
    const job = await app.until(id, 'Failed');
    expect(job.friendlyMessage).toMatch(/^Given up after \d+ attempts\./);
    const times = job.attempts.map(({ startedOn }) => Date.parse(startedOn));
    const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    expect(gaps[0]).toBeLessThan(7000);
    expect(gaps.at(-1)).toBeGreaterThan(3_200_000);
    const lasted = (times.at(-1) ?? 0) - (times[0] ?? 0);
    expect(lasted).toBeGreaterThan(22.9 * 3_600_000);
    expect(lasted).toBeLessThanOrEqual(24 * 3_600_000);
    expect(job.attemptCount).toBeGreaterThan(30);
    expect(job.attemptCount).toBeLessThan(36);
    const kept = await activitiesInHistory(id);
    expect(kept).toBeGreaterThan(0);
    expect(kept).toBeLessThanOrEqual(activitiesPerGeneration);
  });
});
