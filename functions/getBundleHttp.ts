import { app, type HttpRequest, type HttpResponseInit, type InvocationContext } from '@azure/functions';
import { healthReport } from '../shared/api/healthReport.ts';
import { jobDetail } from '../shared/api/jobJson.ts';
import type { Answer } from '../shared/api/problem.ts';
import { supportBundle } from '../shared/api/supportBundle.ts';
import type { ServiceEndpoint } from '../shared/endpoint/serviceEndpoint.ts';
import { isJobId } from '../shared/job/jobId.ts';
import type { Bridge } from '../shared/platform/composeBridge.ts';
import { now } from '../shared/platform/clock.ts';
import { answered, authLevelFor, notFound } from './http/answer.ts';
import { checkStorage } from './http/checkStorage.ts';
import { endpointAnswer } from './http/endpointFacts.ts';

type Shown = Readonly<Record<string, unknown>>;

/** What another route answers, as part of the bundle. */
const shownBy = ({ body }: Answer): Shown => JSON.parse(body) as Shown;

const stateOf = async (bridge: Bridge, endpoint: ServiceEndpoint): Promise<Shown> => {
  const stored = await bridge.endpointStore.readState(endpoint.name);
  return shownBy(await endpointAnswer(bridge, endpoint, stored));
};

const healthOf = async (bridge: Bridge, context: InvocationContext): Promise<Shown> => {
  const storage = await checkStorage({ kind: 'ready', bridge }, context);
  return shownBy(healthReport({ faults: [], endpoints: bridge.endpoints, storage, now: now() }));
};

const bundle = async (id: string, context: InvocationContext, bridge: Bridge): Promise<Answer> => {
  const { store, endpointNamed, masks, installation } = bridge;
  const stored = isJobId(id) ? await store.read(id) : undefined;
  if (stored === undefined) return notFound(`job ${id}`);
  const endpoint = endpointNamed(stored.job.endpoint);
  const facts = {
    job: jobDetail(stored.job, endpoint?.retry, masks),
    endpoint,
    endpointState: endpoint === undefined ? undefined : await stateOf(bridge, endpoint),
    health: await healthOf(bridge, context),
    appVersion: installation.appVersion,
    nodeVersion: installation.nodeVersion,
    settings: installation.settings(),
  };
  return supportBundle(facts, now(), installation.redact);
};

/** `GET /api/jobs/{id}/bundle`: all that support needs to know of a job, in one file without secrets or payload. */
const handler = (request: HttpRequest, context: InvocationContext): Promise<HttpResponseInit> =>
  answered(request, context, 'read', (bridge) => bundle(request.params['id'] ?? '', context, bridge));

app.http('getBundleHttp', {
  route: 'jobs/{id}/bundle',
  methods: ['GET'],
  authLevel: authLevelFor('read'),
  handler,
});
