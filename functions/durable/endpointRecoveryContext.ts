import type { OrchestrationContext, Task } from 'durable-functions';
import type { RecoveryInput, RecoveryOutcome, Rested } from '../../shared/gate/recovery.ts';
import type { SteppedContext } from '../../shared/workflow/stepByStep.ts';
import { names } from './names.ts';
import { waitUntilOrWoken } from './waiting.ts';

/** Shows the engine's context to the workflow of a recovery as the few things it may touch. */
export const endpointRecoveryContext = ({ df }: OrchestrationContext): SteppedContext<Task, Rested> => {
  const { endpoint, faults } = df.getInput<RecoveryInput>();
  return {
    id: endpoint,
    faults,
    now: () => df.currentUtcDateTime,
    *step() {
      return (yield df.callActivity(names.recoverEndpointActivity, { endpoint })) as RecoveryOutcome;
    },
    waitUntilOrWoken: (dueOn) => waitUntilOrWoken(df, dueOn),
    continueAsNew: (faults) => df.continueAsNew({ endpoint, faults } satisfies RecoveryInput),
  };
};
