import { randomUUID } from 'node:crypto';
import { isFinished, type Instance } from '../../store/state.ts';
import type { ExecutionStarted } from '../history/events.ts';
import type { ApiDeps } from './deps.ts';
import { fromMs } from '../time.ts';

/** The refusal of a start: an instance of that id has not ended. */
export interface AlreadyExists {
  readonly existing: string;
}

const startedEvent = (
  { clock, settings }: ApiDeps,
  name: string,
  instanceId: string,
  input: string | null,
  version: string | undefined,
  generation: number,
): ExecutionStarted => {
  const chosen = version ?? settings.defaultVersion;
  return {
    type: 'ExecutionStarted',
    at: fromMs(clock.now()),
    name,
    instanceId,
    executionId: randomUUID(),
    input,
    generation,
    ...(chosen === undefined ? {} : { version: chosen }),
  };
};

const nextGeneration = (previous: Instance | undefined): number =>
  previous === undefined ? 0 : (previous.started.generation ?? 0) + 1;

/**
 * Starts an orchestration, unless one with the id is Pending, Running or Suspended. An id can be used again after
 * its instance has ended. Stored when this resolves; ids that are being started count as taken.
 */
export const startNew = async (
  deps: ApiDeps,
  name: string,
  id: string,
  input: string | null,
  version?: string,
): Promise<AlreadyExists | { readonly id: string }> => {
  const { store, engine, chaos, starting, counts } = deps;
  const instanceId = id === '' ? randomUUID().replaceAll('-', '') : id;
  const previous = store.state.instances.get(instanceId);
  if (starting.has(instanceId)) return { existing: 'Pending' };
  if (previous !== undefined && !isFinished(previous)) return { existing: previous.status };
  starting.add(instanceId);
  const occurrence = { instanceId, function: name };
  try {
    chaos.deathPoint('start:before-commit', occurrence);
    const event = startedEvent(deps, name, instanceId, input, version, nextGeneration(previous));
    await engine.commit({ k: 'start', event });
    chaos.deathPoint('start:after-commit', occurrence);
  } finally {
    starting.delete(instanceId);
  }
  counts.starts += 1;
  return { id: instanceId };
};
