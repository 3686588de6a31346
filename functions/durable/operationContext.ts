import type { OrchestrationContext, Task } from 'durable-functions';
import type {
  OperationInput,
  OperationOver,
  OperationStepInput,
  OperationStepOutcome,
} from '../../shared/operation/operationStep.ts';
import type { SteppedContext } from '../../shared/workflow/stepByStep.ts';
import { names } from './names.ts';
import { waitUntilOrWoken } from './waiting.ts';

/** Shows the engine's context to the workflow of a bulk operation as the few things it may touch. */
export const operationContext = ({ df }: OrchestrationContext): SteppedContext<Task, OperationOver> => {
  const operationId = df.instanceId;
  return {
    id: operationId,
    faults: df.getInput<OperationInput>().faults,
    now: () => df.currentUtcDateTime,
    *step(faults) {
      const input: OperationStepInput = { operationId, faults };
      return (yield df.callActivity(names.operationStepActivity, input)) as OperationStepOutcome;
    },
    waitUntilOrWoken: (dueOn) => waitUntilOrWoken(df, dueOn),
    continueAsNew: (faults) => df.continueAsNew({ faults } satisfies OperationInput),
  };
};
