import type { OrchestrationContext, Task } from 'durable-functions';
import type { RecoveryContext, RecoveryInput, RecoveryOutcome } from '../../shared/gate/recoveryWorkflow.ts';
import { names } from './names.ts';
import { waitUntilOrWoken } from './waiting.ts';

/** Shows the engine's context to the workflow as the few things it may touch. */
export const endpointRecoveryContext = ({ df }: OrchestrationContext): RecoveryContext<Task> => ({
  input: df.getInput<RecoveryInput>(),
  now: () => df.currentUtcDateTime,
  *step(endpoint) {
    return (yield df.callActivity(names.recoverEndpointActivity, { endpoint })) as RecoveryOutcome;
  },
  waitUntilOrWoken: (dueOn) => waitUntilOrWoken(df, dueOn),
  continueAsNew: (input) => df.continueAsNew(input),
});
