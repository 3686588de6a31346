import { plain, somethingWrong, type ApiAnswer, type ApiRequest } from './answer.ts';
import type { ApiDeps } from './deps.ts';
import {
  getStatus,
  listInstances,
  purge,
  purgeMany,
  raiseEvent,
  resume,
  suspend,
  terminate,
} from './instances.ts';
import { startOrchestrator } from './orchestrators.ts';
import { restart } from './restart.ts';
import { rewind } from './rewind.ts';

/** Answers a request to the extension's HTTP API, whichever of its two addresses it came to. */
export type Api = (request: ApiRequest) => Promise<ApiAnswer>;

type InstanceOperation = (deps: ApiDeps, request: ApiRequest, id: string) => Promise<ApiAnswer>;

const operations: Readonly<Record<string, InstanceOperation>> = {
  terminate,
  suspend,
  resume,
  rewind,
  restart,
};

const onInstance = async (deps: ApiDeps, request: ApiRequest, id: string): Promise<ApiAnswer> => {
  if (request.method === 'GET') return getStatus(deps, request, id);
  return request.method === 'DELETE' ? purge(deps, id) : plain(404);
};

const onInstances = async (deps: ApiDeps, request: ApiRequest): Promise<ApiAnswer> => {
  const [, id = '', operation, eventName] = request.segments;
  const { method } = request;
  if (id === '') {
    if (method === 'GET') return listInstances(deps, request);
    return method === 'DELETE' ? purgeMany(deps, request) : plain(404);
  }
  if (operation === undefined) return onInstance(deps, request, id);
  if (method !== 'POST') return plain(404);
  if (operation.toLowerCase() === 'raiseevent' && eventName !== undefined) {
    return raiseEvent(deps, request, id, eventName);
  }
  const run = Object.entries(operations).find(([name]) => name === operation.toLowerCase())?.[1];
  return run === undefined || eventName !== undefined ? plain(404) : run(deps, request, id);
};

const entities = ({ method }: ApiRequest): ApiAnswer =>
  method === 'GET'
    ? plain(404)
    : somethingWrong('System.NotSupportedException', 'The local host has no durable entities.');

const route = async (deps: ApiDeps, request: ApiRequest): Promise<ApiAnswer> => {
  const [area, name, id, ...rest] = request.segments;
  switch (area?.toLowerCase()) {
    case 'orchestrators':
      return request.method === 'POST' && name !== undefined && rest.length === 0
        ? startOrchestrator(deps, request, name, id ?? '')
        : plain(404);
    case 'instances':
      return onInstances(deps, request);
    case 'entities':
      return entities(request);
    default:
      return plain(404);
  }
};

export const createApi =
  (deps: ApiDeps): Api =>
  (request) =>
    route(deps, request);
