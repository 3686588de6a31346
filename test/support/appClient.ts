import type { EndpointView } from '../../shared/api/endpointJson.ts';
import type { JobDetail, JobSummary } from '../../shared/api/jobJson.ts';
import type { EndpointStateKind } from '../../shared/gate/endpointState.ts';
import type { JobStatus } from '../../shared/job/jobStatus.ts';
import { AnswerDiffers, checkAnswer } from './answerCheck.ts';
import { eventually } from './eventually.ts';

type PostBody = string | Uint8Array<ArrayBuffer>;

interface NotifyOptions {
  readonly endpoint?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Query of the request instead of the function key. */
  readonly query?: string;
}

/** What Dataverse and an administrator do with the app. */
export interface AppClient {
  notify(body: PostBody, options?: NotifyOptions): Promise<Response>;
  /** Posts and gives the job's id; fails unless it was accepted. */
  accept(body: PostBody, options?: NotifyOptions): Promise<string>;
  get(path: string): Promise<Response>;
  job(id: string): Promise<JobDetail>;
  jobs(query?: string): Promise<{ readonly jobs: JobSummary[]; readonly next: string | null }>;
  act(id: string, action: string, body?: unknown, headers?: Record<string, string>): Promise<Response>;
  delete(id: string, headers?: Record<string, string>): Promise<Response>;
  writeNote(endpoint: string, code: string, body: unknown): Promise<Response>;
  endpoint(name: string): Promise<EndpointView>;
  actOnEndpoint(
    name: string,
    action: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Response>;
  /** Waits until an endpoint is in this state. */
  untilEndpoint(name: string, state: EndpointStateKind): Promise<EndpointView>;
  /** Waits until a job has the status. */
  until(id: string, status: JobStatus): Promise<JobDetail>;
}

/** Every answer is held to the API's description, so that neither drifts from the other. */
const ask = async (url: string, init: RequestInit = {}): Promise<Response> => {
  const answer = await fetch(url, init);
  await checkAnswer(init.method ?? 'GET', url, answer);
  return answer;
};

export const appClient = (baseUrl: string, functionKey: string): AppClient => {
  const request = (path: string, init: RequestInit = {}): Promise<Response> =>
    ask(`${baseUrl}${path}`, {
      ...init,
      headers: { 'x-functions-key': functionKey, ...(init.headers as Record<string, string> | undefined) },
    });

  const notify: AppClient['notify'] = (body, { endpoint = 'orders', headers = {}, query } = {}) =>
    ask(`${baseUrl}/api/notify/${endpoint}?${query ?? `code=${functionKey}`}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    });

  const accept: AppClient['accept'] = async (body, options) => {
    const response = await notify(body, options);
    if (response.status !== 202) throw new Error(`Not accepted: ${response.status} ${await response.text()}`);
    const { job: accepted } = (await response.json()) as { job: { id: string } };
    return accepted.id;
  };

  const job: AppClient['job'] = async (id) => (await request(`/api/jobs/${id}`)).json() as Promise<JobDetail>;

  const until: AppClient['until'] = (id, status) => {
    let last: JobDetail | undefined;
    return eventually(
      `job ${id} is ${status}`,
      async () => {
        last = await job(id).catch((error: unknown) => {
          if (error instanceof AnswerDiffers) throw error;
          return undefined;
        });
        return last?.status === status ? last : undefined;
      },
      () => `It is: ${JSON.stringify(last)}`,
    );
  };

  const post = (path: string, body: unknown, headers: Record<string, string>): Promise<Response> =>
    request(path, {
      method: 'POST',
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });

  const endpoint: AppClient['endpoint'] = async (name) =>
    (await request(`/api/endpoints/${name}`)).json() as Promise<EndpointView>;

  return {
    notify,
    accept,
    get: (path) => request(path),
    job,
    jobs: async (query = '') => (await request(`/api/jobs?${query}`)).json() as ReturnType<AppClient['jobs']>,
    act: (id, action, body, headers = {}) => post(`/api/jobs/${id}/${action}`, body, headers),
    delete: (id, headers = {}) => request(`/api/jobs/${id}`, { method: 'DELETE', headers }),
    writeNote: (group, code, body) =>
      request(`/api/groups/${group}/${code}/note`, { method: 'PUT', body: JSON.stringify(body) }),
    endpoint,
    actOnEndpoint: (name, action, body, headers = {}) =>
      post(`/api/endpoints/${name}/${action}`, body, headers),
    untilEndpoint: (name, state) =>
      eventually(`endpoint ${name} is ${state}`, async () => {
        const found = await endpoint(name);
        return found.state === state ? found : undefined;
      }),
    until,
  };
};
