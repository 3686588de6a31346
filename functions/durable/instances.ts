import type { InvocationContext } from '@azure/functions';
import type { DurableClient } from 'durable-functions';
import { endIfStuck, type RunningInstance } from '../../shared/job/stuckInstance.ts';
import { now, within } from '../../shared/platform/clock.ts';
import { instanceEnded } from '../../shared/platform/logEvents.ts';
import { isConflict, longestWaitMs } from './engineCalls.ts';
import { names } from './names.ts';

/** Starts an instance; one that runs already is left alone. */
export const startInstance = async (
  client: DurableClient,
  orchestrator: string,
  instanceId: string,
  input: unknown,
): Promise<'started' | 'running'> => {
  try {
    const started = client.startNew(orchestrator, { instanceId, input });
    await within(longestWaitMs, 'Starting the instance', started);
    return 'started';
  } catch (error) {
    if (isConflict(error)) return 'running';
    throw error;
  }
};

/**
 * Ends an instance that has not moved for long, so that the next sweep starts it again.
 *
 * @returns whether it was ended.
 */
export const endStuckInstance = async (
  context: InvocationContext,
  client: DurableClient,
  instanceId: string,
): Promise<boolean> => {
  const instance: RunningInstance = {
    movedOn: async () => {
      const asking = client.getStatus(instanceId, { showInput: false });
      return (await within(longestWaitMs, 'Asking for the instance', asking)).lastUpdatedTime;
    },
    end: (reason) => within(longestWaitMs, 'Ending the instance', client.terminate(instanceId, reason)),
  };
  const isEnded = await endIfStuck(instance, now());
  if (isEnded) instanceEnded(context, instanceId);
  return isEnded;
};

/** Tells a running instance to look at its row again; does nothing for one that has ended. */
export const wakeInstance = (client: DurableClient, instanceId: string): Promise<void> =>
  within(longestWaitMs, 'Waking the instance', client.raiseEvent(instanceId, names.wake, {}));
