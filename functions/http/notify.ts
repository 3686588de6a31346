import type { HttpRequest, InvocationContext } from '@azure/functions';
import { waitWanted } from '../../shared/api/preferences.ts';
import type { ServiceEndpoint } from '../../shared/endpoint/serviceEndpoint.ts';
import { acceptNotification, type Acceptance } from '../../shared/job/acceptNotification.ts';
import { awaitRest } from '../../shared/job/awaitRest.ts';
import type { SystemJob } from '../../shared/job/systemJob.ts';
import { maxBodyBytes } from '../../shared/notification/limits.ts';
import type { Notification } from '../../shared/notification/notification.ts';
import { bodyTooLarge, readNotification } from '../../shared/notification/readNotification.ts';
import type { Refusal } from '../../shared/notification/refusal.ts';
import type { Bridge } from '../../shared/platform/composeBridge.ts';
import { now, sleep } from '../../shared/platform/clock.ts';
import { requestFailed, startFailed } from '../../shared/platform/logEvents.ts';
import { jobStarter } from '../durable/jobStarter.ts';

/** Reads what was posted for an endpoint; a body that is declared too large is not read at all. */
export const received = async (request: HttpRequest, endpoint: string): Promise<Notification | Refusal> => {
  const declaredBytes = Number(request.headers.get('content-length') ?? 0);
  if (declaredBytes > maxBodyBytes) return bodyTooLarge(declaredBytes);
  const body = new Uint8Array(await request.arrayBuffer());
  return readNotification({ endpoint, header: (name) => request.headers.get(name), body });
};

/** Takes a notification over for one endpoint. */
export const accepted = (
  context: InvocationContext,
  bridge: Bridge,
  notification: Notification,
  endpoint: ServiceEndpoint,
): Promise<Acceptance> =>
  acceptNotification({
    store: bridge.store,
    starter: jobStarter(context),
    startFailed: (jobId, error) => startFailed(context, jobId, error),
    now,
    maxDepth: bridge.settings.maxDepth,
  })({ ...notification, endpoint: endpoint.name }, endpoint);

/** How long a caller waits for a two-way listener unless it says otherwise. */
const defaultWaitSeconds = 20;

/** The job at the end of the wait that the caller, or the contract, asks for; undefined without a wait. */
export const awaited = async (
  request: HttpRequest,
  context: InvocationContext,
  bridge: Bridge,
  acceptance: Acceptance,
  { contract }: ServiceEndpoint,
): Promise<SystemJob | undefined> => {
  if (acceptance.kind !== 'accepted') return undefined;
  const wanted = waitWanted(request.headers.get('prefer'));
  const seconds = wanted ?? (contract === 'twoWay' ? defaultWaitSeconds : 0);
  if (seconds === 0) return undefined;
  try {
    return await awaitRest({ store: bridge.store, now, sleep }, acceptance.jobId, seconds * 1000);
  } catch (error) {
    // Accepted it is all the same; the caller is told so without the end.
    requestFailed(context, context.functionName, error);
    return undefined;
  }
};
