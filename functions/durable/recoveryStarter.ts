import type { InvocationContext } from '@azure/functions';
import type { DurableClient } from 'durable-functions';
import type { RecoveryInput } from '../../shared/gate/recovery.ts';
import { recoveryStartFailed } from '../../shared/platform/gateLogEvents.ts';
import { durableClient } from './client.ts';
import { endStuckInstance, startInstance, wakeInstance } from './instances.ts';
import { names } from './names.ts';

/** An endpoint has one recovery at a time: its instance's id is made of the endpoint's name. */
const instanceOf = (endpoint: string): string => `recovery-${endpoint}`;

export interface RecoveryStarter {
  /** Makes the recovery look at the endpoint's row: starts it, or wakes it. Never throws. */
  readonly recover: (endpoint: string) => Promise<void>;
  /** Starts it unless it runs; ends one that is stuck, for the next sweep to start. Never throws. */
  readonly restart: (endpoint: string) => Promise<void>;
}

/** The Durable client, for recoveries. */
export const recoveryStarter = (context: InvocationContext): RecoveryStarter => {
  const client = (): DurableClient => durableClient(context);
  const start = (endpoint: string): Promise<'started' | 'running'> => {
    const input: RecoveryInput = { endpoint, faults: 0 };
    return startInstance(client(), names.endpointRecoveryOrchestrator, instanceOf(endpoint), input);
  };
  const trying =
    (work: (endpoint: string) => Promise<unknown>) =>
    async (endpoint: string): Promise<void> => {
      try {
        await work(endpoint);
      } catch (error) {
        recoveryStartFailed(context, endpoint, error);
      }
    };
  return {
    recover: trying(async (endpoint) => {
      if ((await start(endpoint)) === 'running') await wakeInstance(client(), instanceOf(endpoint));
    }),
    restart: trying(async (endpoint) => {
      if ((await start(endpoint)) === 'running')
        await endStuckInstance(context, client(), instanceOf(endpoint));
    }),
  };
};
