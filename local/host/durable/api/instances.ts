import { isFinished, type Instance } from '../../store/state.ts';
import type { HistoryEvent } from '../history/events.ts';
import { DuplicateEvent } from '../history/view.ts';
import { compactJson } from '../jsonText.ts';
import {
  argumentFault,
  errorAnswer,
  invalidJson,
  json,
  plain,
  somethingWrong,
  type ApiAnswer,
  type ApiRequest,
} from './answer.ts';
import type { ApiDeps } from './deps.ts';
import { booleanOf, pageOf, purgeable, readFilter } from './query.ts';
import { statusText } from './status.ts';
import { fromMs } from '../time.ts';

const statusCode = (instance: Instance, query: URLSearchParams): number => {
  if (!isFinished(instance)) return 202;
  const asError = booleanOf(query, 'returnInternalServerErrorOnFailure', false);
  return instance.status === 'Failed' && asError ? 500 : 200;
};

/** GET instances/{id}: 202 with Location while it lives, 200 when it has ended. */
export const getStatus = ({ store }: ApiDeps, { query, url }: ApiRequest, id: string): ApiAnswer => {
  const instance = store.state.instances.get(id);
  if (instance === undefined) return plain(404);
  const status = statusCode(instance, query);
  try {
    const body = statusText(instance, {
      showInput: booleanOf(query, 'showInput', true),
      showHistory: booleanOf(query, 'showHistory', false),
      showHistoryOutput: booleanOf(query, 'showHistoryOutput', false),
    });
    return status === 202
      ? { status, body, headers: { location: url, 'retry-after': '5' } }
      : { status, body };
  } catch (error) {
    if (error instanceof DuplicateEvent) return argumentFault(error.message);
    throw error;
  }
};

/** GET instances: a page of statuses. */
export const listInstances = ({ store }: ApiDeps, { query, header }: ApiRequest): ApiAnswer => {
  const showInput = booleanOf(query, 'showInput', true);
  const token = header('x-ms-continuation-token');
  const page = pageOf(store.state.instances.values(), readFilter(query), query.get('top'), token);
  const options = { showInput, showHistory: false, showHistoryOutput: false };
  const body = `[${page.instances.map((instance) => statusText(instance, options)).join(',')}]`;
  return { status: 200, body, headers: { 'x-ms-continuation-token': page.token } };
};

/** DELETE instances/{id}: only what has ended. */
export const purge = async ({ store, engine }: ApiDeps, id: string): Promise<ApiAnswer> => {
  const instance = store.state.instances.get(id);
  if (instance === undefined) return plain(404);
  if (!isFinished(instance)) {
    return json(
      412,
      `Only orchestrations in a terminal state can be purged, but the orchestration with instance ID ${id} has status ${instance.status}`,
    );
  }
  await engine.commit({ k: 'purge', ids: [id] });
  return json(200, { instancesDeleted: 1 });
};

/** DELETE instances: by creation time and status. */
export const purgeMany = async ({ store, engine }: ApiDeps, { query }: ApiRequest): Promise<ApiAnswer> => {
  const filter = readFilter(query);
  if (filter.fromMs === undefined) return json(400, "Please provide value for 'createdTimeFrom' parameter.");
  const ids = purgeable(store.state.instances.values(), { ...filter, prefix: undefined });
  if (ids.length === 0) return plain(404);
  await engine.commit({ k: 'purge', ids });
  return json(200, { instancesDeleted: ids.length });
};

/** 404 for an unknown, 410 for an ended instance, undefined for one that takes messages. */
const refusal = (instance: Instance | undefined): ApiAnswer | undefined => {
  if (instance === undefined) return plain(404);
  return isFinished(instance) ? plain(410) : undefined;
};

const send = async ({ engine }: ApiDeps, id: string, event: HistoryEvent): Promise<ApiAnswer> => {
  await engine.commit({ k: 'message', id, event });
  return plain(202);
};

const nowIso = ({ clock }: ApiDeps): string => fromMs(clock.now());

/** POST instances/{id}/raiseEvent/{name}: JSON only. */
export const raiseEvent = async (
  deps: ApiDeps,
  request: ApiRequest,
  id: string,
  name: string,
): Promise<ApiAnswer> => {
  const refused = refusal(deps.store.state.instances.get(id));
  if (refused !== undefined) return refused;
  const mediaType = request.header('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (mediaType !== 'application/json') {
    return errorAnswer(400, 'Only application/json request content is supported');
  }
  try {
    const input = compactJson(request.body);
    deps.counts.events += 1;
    return await send(deps, id, { type: 'EventRaised', at: nowIso(deps), name, input });
  } catch (error) {
    if (error instanceof SyntaxError) return invalidJson(error.message);
    throw error;
  }
};

/** POST instances/{id}/terminate. */
export const terminate = async (deps: ApiDeps, { query }: ApiRequest, id: string): Promise<ApiAnswer> => {
  const refused = refusal(deps.store.state.instances.get(id));
  const reason = query.get('reason');
  return refused ?? send(deps, id, { type: 'ExecutionTerminated', at: nowIso(deps), reason });
};

const INVALID_OPERATION = 'System.InvalidOperationException';

/** POST instances/{id}/suspend: 500 for one that is suspended already. */
export const suspend = async (deps: ApiDeps, { query }: ApiRequest, id: string): Promise<ApiAnswer> => {
  const instance = deps.store.state.instances.get(id);
  const refused = refusal(instance);
  if (refused !== undefined) return refused;
  if (instance?.status === 'Suspended') {
    return somethingWrong(
      INVALID_OPERATION,
      `Cannot suspend the orchestration instance ${id} because instance is in the Suspended state.`,
    );
  }
  return send(deps, id, { type: 'ExecutionSuspended', at: nowIso(deps), reason: query.get('reason') });
};

/** POST instances/{id}/resume: 500 for one that is not suspended. */
export const resume = async (deps: ApiDeps, { query }: ApiRequest, id: string): Promise<ApiAnswer> => {
  const instance = deps.store.state.instances.get(id);
  const refused = refusal(instance);
  if (refused !== undefined) return refused;
  if (instance?.status !== 'Suspended') {
    return somethingWrong(
      INVALID_OPERATION,
      `Cannot resume the orchestration instance ${id} because instance is in the ${instance?.status ?? ''} state.`,
    );
  }
  return send(deps, id, { type: 'ExecutionResumed', at: nowIso(deps), reason: query.get('reason') });
};
