import { afterEach, describe, expect, it } from 'vitest';
import type { ChaosConfig } from '../../local/host/chaos/config.ts';
import { operationBody } from '../support/contexts.ts';
import { eventually } from '../support/eventually.ts';
import {
  ordersEndpoint,
  quickEndpointsFile,
  startApp,
  type AppOptions,
  type RunningApp,
} from '../support/runningApp.ts';

/** What the real engine may do at any time, done all the time. Forty jobs, a receiver that refuses now and then. */
const jobs = 40;

let app: RunningApp | undefined;
afterEach(() => app?.stop());

const expectAllDeliveredOnce = async (options: AppOptions): Promise<void> => {
  const running = await startApp({ endpointsFile: quickEndpointsFile, ...options });
  app = running;
  await running.bus.control.putFaults([
    {
      where: 'transfer',
      what: 'reject',
      condition: 'com.microsoft:server-busy',
      howOften: 5,
      afterHowMany: 3,
    },
    { where: 'transfer', what: 'release', howOften: 5, afterHowMany: 10 },
  ]);
  const ids = await Promise.all(Array.from({ length: jobs }, (_, n) => running.accept(operationBody(n))));
  for (const id of ids) {
    const job = await running.until(id, 'Succeeded');
    expect(job.attempts.map(({ attempt }) => attempt)).toEqual(job.attempts.map((_, index) => index + 1));
  }
  const received = (await running.receiveAll()).map(({ messageId }) => String(messageId));
  expect(received.sort()).toEqual([...ids].sort());
};

describe('every job is delivered once and every attempt recorded once', () => {
  const chaos: readonly (readonly [what: string, config: ChaosConfig])[] = [
    ['each activity runs a second time', { activityTwice: {} }],
    ['each activity runs twice at the same time', { activityTwice: { concurrently: true } }],
    ['completions come in any order', { shuffleCompletions: true }],
    ['a third of the turns are thrown away and run again', { abortTurn: { probability: 0.33 } }],
    ['messages wait like in a hub that polls', { latencyMs: 150 }],
    [
      'all of it comes together',
      {
        activityTwice: { concurrently: true, probability: 0.5 },
        shuffleCompletions: true,
        abortTurn: { probability: 0.2 },
        latencyMs: 20,
        failureDetails: true,
      },
    ],
  ];
  it.each(chaos)('although %s', (_what, config) => expectAllDeliveredOnce({ chaos: config }));

  it('although three worker processes share nothing in memory', () => expectAllDeliveredOnce({ workers: 3 }));
});

describe('an activity that runs twice, of which one run fails and the other delivers', () => {
  const hourly = { firstDelaySeconds: 3600, factor: 1, longestDelaySeconds: 3600 };

  it('leaves no workflow asleep until the retry that the failure asked for (S-7)', async () => {
    const running = await startApp({
      endpointsFile: JSON.stringify({ endpoints: [{ ...ordersEndpoint, retry: hourly }] }),
      chaos: { activityTwice: { concurrently: true } },
    });
    app = running;
    const { rpcBaseUrl } = running.host().ready;
    for (let n = 0; n < 5; n += 1) {
      await running.bus.control.putFaults([
        { where: 'transfer', what: 'reject', condition: 'com.microsoft:server-busy', howOften: 1 },
        // The run that fails is the first to write, and the one that the workflow hears.
        { where: 'transfer', what: 'delay', delayMs: 300, afterHowMany: 1, howOften: 1 },
      ]);
      const id = await running.accept(operationBody(n));
      expect(await running.until(id, 'Succeeded')).toMatchObject({ attemptCount: 1 });
      await eventually(`the workflow of ${id} has ended`, async () => {
        const { runtimeStatus } = (await (await fetch(`${rpcBaseUrl}instances/${id}`)).json()) as {
          runtimeStatus: string;
        };
        return runtimeStatus === 'Completed' ? true : undefined;
      });
    }
  });
});
