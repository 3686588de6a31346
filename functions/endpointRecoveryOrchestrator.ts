import * as df from 'durable-functions';
import { recoveryWorkflow } from '../shared/gate/recoveryWorkflow.ts';
import { endpointRecoveryContext } from './durable/endpointRecoveryContext.ts';
import { names } from './durable/names.ts';

/** One instance for each endpoint that needs help to get going again. */
df.app.orchestration(names.endpointRecoveryOrchestrator, function* (context) {
  return yield* recoveryWorkflow(endpointRecoveryContext(context));
});
