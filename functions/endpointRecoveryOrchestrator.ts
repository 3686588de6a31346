import * as df from 'durable-functions';
import { stepByStep } from '../shared/workflow/stepByStep.ts';
import { endpointRecoveryContext } from './durable/endpointRecoveryContext.ts';
import { names } from './durable/names.ts';

/** One instance for each endpoint that needs help to get going again. */
df.app.orchestration(names.endpointRecoveryOrchestrator, function* (context) {
  return yield* stepByStep(endpointRecoveryContext(context));
});
