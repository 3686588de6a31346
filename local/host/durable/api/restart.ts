import { errorAnswer, type ApiAnswer, type ApiRequest } from './answer.ts';
import type { ApiDeps } from './deps.ts';
import { booleanOf } from './query.ts';
import { startNew } from './start.ts';
import { answerWithoutWaiting } from './wait.ts';

const unknown = (id: string): ApiAnswer =>
  errorAnswer(400, 'InstanceId does not match a valid orchestration instance.', {
    type: 'System.ArgumentException',
    message: `An orchestrastion with the instanceId ${id} was not found.`,
  });

const exists = (status: string): ApiAnswer =>
  errorAnswer(409, 'A non-terminal instance with this instance ID already exists.', {
    type: 'DurableTask.Core.Exceptions.OrchestrationAlreadyExistsException',
    message: `An Orchestration instance with the status ${status} already exists.`,
  });

/** POST instances/{id}/restart: the same function and input, under a new id unless asked otherwise. */
export const restart = async (deps: ApiDeps, request: ApiRequest, id: string): Promise<ApiAnswer> => {
  const instance = deps.store.state.instances.get(id);
  if (instance === undefined) return unknown(id);
  const { name, input } = instance.started;
  const newId = booleanOf(request.query, 'restartWithNewInstanceId', true) ? '' : id;
  const started = await startNew(deps, name, newId, input);
  return 'existing' in started ? exists(started.existing) : answerWithoutWaiting(deps, request, started.id);
};
