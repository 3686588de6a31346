import * as df from 'durable-functions';
import { stepByStep } from '../shared/workflow/stepByStep.ts';
import { names } from './durable/names.ts';
import { operationContext } from './durable/operationContext.ts';

/** One instance for each bulk operation; its id is the operation's. */
df.app.orchestration(names.operationOrchestrator, function* (context) {
  yield* stepByStep(operationContext(context));
});
