import type { OrchestrationContext, Task } from 'durable-functions';
import type { OperationStepOutcome } from '../../shared/operation/operationStep.ts';
import type { OperationContext, OperationWorkflowInput } from '../../shared/operation/workflow.ts';
import { names } from './names.ts';
import { waitUntilOrWoken } from './waiting.ts';

/** Shows the engine's context to the workflow of a bulk operation as the few things it may touch. */
export const operationContext = ({ df }: OrchestrationContext): OperationContext<Task> => ({
  operationId: df.instanceId,
  input: df.getInput<OperationWorkflowInput>(),
  now: () => df.currentUtcDateTime,
  *step(input) {
    return (yield df.callActivity(names.operationStepActivity, input)) as OperationStepOutcome;
  },
  waitUntilOrWoken: (dueOn) => waitUntilOrWoken(df, dueOn),
  continueAsNew: (input) => df.continueAsNew(input),
});
