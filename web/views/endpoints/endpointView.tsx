import type { JSX } from 'preact';
import type { EndpointView as Endpoint } from '../../api/endpoints.ts';
import { addressOf } from '../../model/address.ts';
import { ActionButton } from '../../parts/actionButton.tsx';
import { Failed, Loading } from '../../parts/states.tsx';
import { usePage } from '../../state/page.ts';
import { usePoll } from '../../state/usePoll.ts';
import { EndpointCard } from './endpointCard.tsx';

/** One service endpoint. */
export const EndpointView = ({ name }: { name: string }): JSX.Element => {
  const { client, live } = usePage();
  const path = `endpoints/${encodeURIComponent(name)}`;
  const { value, etag, problem, refresh } = usePoll<Endpoint>(
    path,
    (signal) => client(path, { signal }),
    live,
  );
  return (
    <div class="view">
      <div class="command-bar">
        <ActionButton label="Refresh" icon="refresh" onClick={refresh} />
      </div>
      <nav aria-label="Breadcrumb" class="breadcrumb">
        <a href={addressOf({ view: 'endpoints' })}>Endpoints</a>
      </nav>
      <h1>{name}</h1>
      {value !== undefined ? (
        <EndpointCard endpoint={value} etag={etag} refresh={refresh} alone />
      ) : problem === undefined ? (
        <Loading what="the endpoint" />
      ) : (
        <Failed problem={problem} retry={refresh} />
      )}
    </div>
  );
};
