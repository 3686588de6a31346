import type { InvocationContext } from '@azure/functions';
import type { NudgeOperation } from '../../shared/operation/nudgeOperations.ts';
import type { OperationInput } from '../../shared/operation/operationStep.ts';
import { operationNudgeFailed } from '../../shared/platform/logEvents.ts';
import { durableClient } from './client.ts';
import { endStuckInstance, startInstance, wakeInstance } from './instances.ts';
import { names } from './names.ts';

/**
 * Starts the instance of a bulk operation, or wakes the one that runs; the operation's id is the instance's. One that
 * was woken for long in vain is ended instead if it does not move; waking would look like moving.
 */
export const operationNudge = (context: InvocationContext): NudgeOperation => {
  const client = durableClient(context);
  const input: OperationInput = { faults: 0 };
  return async (id, isLong = false) => {
    try {
      const state = await startInstance(client, names.operationOrchestrator, id, input);
      if (state === 'running' && isLong) await endStuckInstance(context, client, id);
      else if (state === 'running') await wakeInstance(client, id);
      return true;
    } catch (error) {
      operationNudgeFailed(context, id, error);
      return false;
    }
  };
};
