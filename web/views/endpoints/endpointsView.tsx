import type { JSX } from 'preact';
import type { EndpointView } from '../../api/endpoints.ts';
import { ActionButton } from '../../parts/actionButton.tsx';
import { Banner, ProblemText } from '../../parts/banner.tsx';
import { Failed, Loading, State } from '../../parts/states.tsx';
import { usePage } from '../../state/page.ts';
import { usePoll, type Poll } from '../../state/usePoll.ts';
import { EndpointCard } from './endpointCard.tsx';

interface EndpointList {
  readonly endpoints: readonly EndpointView[];
}

const useEndpoints = (): Poll<EndpointList> => {
  const { client, live } = usePage();
  return usePoll<EndpointList>('endpoints', (signal) => client('endpoints', { signal }), live);
};

const Cards = ({ poll }: { poll: Poll<EndpointList> }): JSX.Element => {
  const { value, problem, refresh } = poll;
  if (value === undefined) {
    return problem === undefined ? (
      <Loading what="endpoints" />
    ) : (
      <Failed problem={problem} retry={refresh} />
    );
  }
  if (value.endpoints.length === 0) {
    return (
      <State title="No endpoints">
        <p>The endpoints file has none.</p>
      </State>
    );
  }
  return (
    <ul class="endpoints">
      {value.endpoints.map((endpoint) => (
        <li key={endpoint.name}>
          <EndpointCard endpoint={endpoint} refresh={refresh} />
        </li>
      ))}
    </ul>
  );
};

/** All service endpoints: how they do, what is held, who may go on. */
export const EndpointsView = (): JSX.Element => {
  const poll = useEndpoints();
  return (
    <div class="view">
      <div class="command-bar">
        <ActionButton label="Refresh" icon="refresh" onClick={poll.refresh} />
      </div>
      <h1>Endpoints</h1>
      {poll.problem === undefined || poll.value === undefined ? null : (
        <Banner intent="warning">
          <ProblemText problem={poll.problem} /> What you see may be old.
        </Banner>
      )}
      <Cards poll={poll} />
    </div>
  );
};
