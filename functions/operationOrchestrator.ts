import * as df from 'durable-functions';
import { operationWorkflow } from '../shared/operation/workflow.ts';
import { names } from './durable/names.ts';
import { operationContext } from './durable/operationContext.ts';

/** One instance for each bulk operation; its id is the operation's. */
df.app.orchestration(names.operationOrchestrator, function* (context) {
  return yield* operationWorkflow(operationContext(context));
});
