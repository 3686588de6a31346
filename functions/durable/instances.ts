import type { DurableClient } from 'durable-functions';
import { within } from '../../shared/platform/clock.ts';
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

/** Tells a running instance to look at its row again; does nothing for one that has ended. */
export const wakeInstance = (client: DurableClient, instanceId: string): Promise<void> =>
  within(longestWaitMs, 'Waking the instance', client.raiseEvent(instanceId, names.wake, {}));
