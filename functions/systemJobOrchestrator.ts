import * as df from 'durable-functions';
import { systemJobWorkflow } from '../shared/job/workflow.ts';
import { names } from './durable/names.ts';
import { systemJobContext } from './durable/systemJobContext.ts';

/** One instance for each system job; its id is the job's. */
df.app.orchestration(names.systemJobOrchestrator, function* (context) {
  return yield* systemJobWorkflow(systemJobContext(context));
});
