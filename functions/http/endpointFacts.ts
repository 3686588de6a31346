import { endpointView, type EndpointFacts } from '../../shared/api/endpointJson.ts';
import { jsonAnswer, type Answer } from '../../shared/api/problem.ts';
import type { ServiceEndpoint } from '../../shared/endpoint/serviceEndpoint.ts';
import { endpointVersion } from '../../shared/gate/actOnEndpoint.ts';
import type { BacklogCount } from '../../shared/gate/backlog.ts';
import { untouched, type EndpointState } from '../../shared/gate/endpointState.ts';
import { firstHour, historyOf, type HourRow } from '../../shared/gate/statistics.ts';
import type { StoredEndpoint } from '../../shared/gate/endpointStore.ts';
import type { Bridge } from '../../shared/platform/composeBridge.ts';
import { now } from '../../shared/platform/clock.ts';

/** What is known of an endpoint, from what was read of all. */
export const factsOf = (
  { identityOf }: Bridge,
  endpoint: ServiceEndpoint,
  state: EndpointState | undefined,
  count: BacklogCount,
  rows: readonly HourRow[],
): EndpointFacts => ({
  endpoint,
  identity: identityOf(endpoint),
  state: state ?? untouched(endpoint.name),
  backlog: count.byEndpoint.get(endpoint.name) ?? { backlog: 0, held: 0 },
  complete: count.complete,
  history: historyOf(rows, endpoint.name, now()),
});

/** The answer that shows one endpoint, with the version of its state. */
export const endpointAnswer = async (
  status: number,
  bridge: Bridge,
  endpoint: ServiceEndpoint,
  { state }: StoredEndpoint,
): Promise<Answer> => {
  const { name } = endpoint;
  const [count, rows] = await Promise.all([
    bridge.store.countBacklog(name),
    bridge.statisticsStore.listHours(firstHour(now()), name),
  ]);
  const view = endpointView(factsOf(bridge, endpoint, state, count, rows), now());
  return { ...jsonAnswer(status, view, { etag: endpointVersion(state) }), showsMore: true };
};
