import { endpointView, type EndpointFacts } from '../../shared/api/endpointJson.ts';
import { jsonAnswer, type Answer } from '../../shared/api/problem.ts';
import type { ServiceEndpoint } from '../../shared/endpoint/serviceEndpoint.ts';
import { endpointVersion } from '../../shared/gate/actOnEndpoint.ts';
import { figuresIfReadable, readFigures, type EndpointFigures } from '../../shared/gate/endpointFigures.ts';
import { untouched } from '../../shared/gate/endpointState.ts';
import { historyOf } from '../../shared/gate/statistics.ts';
import type { StoredEndpoint } from '../../shared/gate/endpointStore.ts';
import type { Bridge } from '../../shared/platform/composeBridge.ts';
import { now } from '../../shared/platform/clock.ts';

/** What is known of an endpoint, from what was read of all. */
export const factsOf = (
  { identityOf }: Bridge,
  endpoint: ServiceEndpoint,
  stored: Pick<StoredEndpoint, 'state' | 'fault'> | undefined,
  { count, rows }: EndpointFigures,
): EndpointFacts => ({
  endpoint,
  identity: identityOf(endpoint),
  state: stored?.state ?? untouched(endpoint.name),
  fault: stored?.fault,
  backlog: count.byEndpoint.get(endpoint.name) ?? { backlog: 0, held: 0 },
  complete: count.complete,
  history: historyOf(rows, endpoint.name, now()),
});

const answerWith = (
  status: number,
  bridge: Bridge,
  endpoint: ServiceEndpoint,
  stored: StoredEndpoint,
  figures: EndpointFigures,
): Answer => {
  const view = endpointView(factsOf(bridge, endpoint, stored, figures), now());
  return { ...jsonAnswer(status, view, { etag: endpointVersion(stored.state) }), showsMore: true };
};

/** The answer that shows one endpoint, with the version of its state. */
export const endpointAnswer = async (
  bridge: Bridge,
  endpoint: ServiceEndpoint,
  stored: StoredEndpoint,
): Promise<Answer> =>
  answerWith(200, bridge, endpoint, stored, await readFigures({ ...bridge, now }, endpoint.name));

/** The answer to an action that is done: what cannot be counted now does not undo it. */
export const acceptedAnswer = async (
  bridge: Bridge,
  endpoint: ServiceEndpoint,
  stored: StoredEndpoint,
  failed: (error: unknown) => void,
): Promise<Answer> => {
  const figures = await figuresIfReadable({ ...bridge, now }, endpoint.name, failed);
  return answerWith(202, bridge, endpoint, stored, figures);
};
