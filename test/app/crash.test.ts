import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FaultRule } from '../../local/bus/faults/faultRule.ts';
import type { DeathPoint } from '../../local/host/chaos/config.ts';
import { newOperations } from '../support/contexts.ts';
import { eventually } from '../support/eventually.ts';
import { quickEndpointsFile, startApp, type RunningApp } from '../support/runningApp.ts';

/**
 * The promise under `kill -9`: whatever was answered 202 is delivered exactly once to a consumer whose queue detects
 * duplicates, and what was not answered is delivered at most once.
 */

let app: RunningApp;
const nextBody = newOperations();
beforeAll(async () => {
  app = await startApp({ endpointsFile: quickEndpointsFile, settings: { BRIDGE_SEND_TIMEOUT_SECONDS: '2' } });
  // The first job opens links and creates the table; crashes shall hit the steady state.
  await app.until(await app.accept(nextBody()), 'Succeeded');
  await app.receiveAll();
});
afterAll(() => app.stop());

/** Posts several at once; ids of those that were answered 202 before the host died. */
const postSeveral = async (): Promise<string[]> => {
  const answers = await Promise.allSettled(Array.from({ length: 5 }, () => app.accept(nextBody())));
  return answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []));
};

let acceptedInAll = 0;

/** Every accepted job succeeds, and the consumer sees each of them once and nothing twice. */
const expectPromiseKept = async (accepted: readonly string[]): Promise<void> => {
  acceptedInAll += accepted.length;
  for (const id of accepted) await app.until(id, 'Succeeded');
  const received = (await app.receiveAll()).map(({ messageId }) => String(messageId));
  expect(new Set(received).size).toBe(received.length);
  expect(received).toEqual(expect.arrayContaining([...accepted]));
};

/** Posts, waits for the host to be dead, starts it again and looks. */
const crashAndLook = async (untilDead: () => Promise<unknown>): Promise<void> => {
  const [accepted] = await Promise.all([postSeveral(), untilDead()]);
  await app.host().ended;
  app.storage.setTrap(undefined);
  await app.bus.control.clearFaults();
  await app.startHostAgain();
  await expectPromiseKept(accepted);
};

const hostDies = (): Promise<unknown> => app.host().ended;

describe('when the host is killed', () => {
  const deaths: readonly (readonly [at: DeathPoint, nth: number])[] = [
    ['start:before-commit', 3],
    ['start:after-commit', 3],
    ['turn:before-commit', 2],
    ['turn:after-commit', 2],
    ['activity:before-run', 2],
    ['activity:after-run', 2],
    ['activity:after-commit', 2],
    // The second turn of a job: its attempt is recorded, its completion is not.
    ['turn:before-commit', 7],
  ];
  it.each(deaths)('at %s, for the %ith time', async (at, nth) => {
    await app.host().control.setChaos({ deaths: [{ at, nth }] });
    await crashAndLook(hostDies);
  });

  const requests: readonly (readonly [what: string, matches: RegExp])[] = [
    ['the insert of a job', /^POST \S*\/SystemJobs/],
    ['the read of a job', /^GET \S*\/SystemJobs\(PartitionKey='[0-9a-f]'/],
    ['the record of an attempt', /^PATCH \S*\/SystemJobs\(PartitionKey='[0-9a-f]'/],
  ];
  describe.each(requests)('at %s', (_what, pattern) => {
    it.each(['request', 'answer'] as const)('before the %s is passed on', async (at) => {
      app.storage.setTrap({
        at,
        matches: (text) => pattern.test(text),
        trip: async (): Promise<'drop'> => {
          await app.host().kill();
          return 'drop';
        },
      });
      await crashAndLook(hostDies);
    });
  });

  it.each(['before', 'after'] as const)('%s the broker stores the message', async (when) => {
    await app.bus.control.putFaults([{ where: 'transfer', when, what: 'mute' }]);
    await crashAndLook(async () => {
      await eventually('the transfer arrives', async () =>
        (await app.bus.control.hits()).length > 0 ? true : undefined,
      );
      await app.host().kill();
    });
  });
});

describe('when the bus is killed', () => {
  const points: readonly FaultRule[] = [
    { where: 'transfer', when: 'before', what: 'die', afterHowMany: 2 },
    { where: 'transfer', when: 'after', what: 'die', afterHowMany: 2 },
  ];
  it.each(points)('$when the message is stored', async (fault) => {
    await app.bus.control.putFaults([fault]);
    const accepted = await postSeveral();
    await app.bus.ended;
    await app.startBusAgain();
    expect(accepted).toHaveLength(5);
    await expectPromiseKept(accepted);
  });

  it('while it opens a connection', async () => {
    await app.bus.control.stopListening();
    const accepted = await postSeveral();
    await app.bus.control.putFaults([{ where: 'open', what: 'die' }]);
    await app.bus.control.listen();
    await app.bus.ended;
    await app.startBusAgain();
    await expectPromiseKept(accepted);
  });

  it('together with the host', async () => {
    await app.bus.control.putFaults([{ where: 'transfer', when: 'after', what: 'die' }]);
    const accepted = await postSeveral();
    await app.bus.ended;
    await app.host().kill();
    await app.startBusAgain();
    await app.startHostAgain();
    await expectPromiseKept(accepted);
  });
});

it('these crashes had something to lose: most of the notifications had been accepted before', () => {
  expect(acceptedInAll).toBeGreaterThan(50);
});
