import type { Sample } from './samples.ts';

/** The parts of a job that are shown; GET /api/jobs/{id} documents all of them. */
export interface ShownJob {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly friendlyMessage: string;
  readonly messageName: string;
  readonly primaryEntityType: string;
  readonly attemptCount: number;
  readonly createdOn: string;
  readonly completedOn: string | null;
  readonly postponeUntil: string | null;
  readonly plannedAttempts: readonly string[];
  /** What the listener of contract twoWay or rest returned. */
  readonly answer: string | null;
}

/** The running app as its callers see it. */
export interface BridgeClient {
  /** Posts as Dataverse does: its headers, and the WebhookKey as `?code=`. */
  post(sample: Sample, endpoint: string): Promise<{ readonly id: string; readonly duplicate: boolean }>;
  job(id: string): Promise<ShownJob>;
}

const organization = 'alpenglow.crm4.dynamics.com';

const headersOf = (sample: Sample): Record<string, string> => ({
  'content-type': 'application/json; charset=utf-8',
  'x-ms-dynamics-organization': organization,
  'x-ms-dynamics-entity-name': sample.table,
  'x-ms-dynamics-request-name': sample.messageName,
  'x-ms-correlation-request-id': sample.correlationId,
});

const read = async (response: Response): Promise<unknown> => {
  if (response.ok) return response.json();
  throw new Error(
    `${response.url.split('?')[0] ?? ''} answered ${response.status}: ${await response.text()}`,
  );
};

export const bridgeClient = (baseUrl: string, functionKey: string): BridgeClient => ({
  post: async (sample, endpoint) => {
    const response = await fetch(`${baseUrl}/api/notify/${endpoint}?code=${functionKey}`, {
      method: 'POST',
      headers: headersOf(sample),
      body: new Uint8Array(sample.body),
    });
    const { job } = (await read(response)) as { job: { id: string; duplicate: boolean } };
    return job;
  },
  job: async (id) => {
    const response = await fetch(`${baseUrl}/api/jobs/${id}`, {
      headers: { 'x-functions-key': functionKey },
    });
    return (await read(response)) as ShownJob;
  },
});
