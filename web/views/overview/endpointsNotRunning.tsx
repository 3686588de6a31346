import type { JSX } from 'preact';
import type { EndpointNotRunning } from '../../api/shapes.ts';
import { addressOf } from '../../model/address.ts';
import { EndpointChip } from '../../parts/endpointChip.tsx';
import { Why } from '../../parts/why.tsx';
import { usePage } from '../../state/page.ts';

const Line = ({ endpoint: { name, state, reason, held } }: { endpoint: EndpointNotRunning }): JSX.Element => (
  <li>
    <a href={addressOf({ view: 'endpoint', name })}>{name}</a>
    <EndpointChip state={state} />
    <a href={addressOf({ view: 'jobs', filter: { endpoint: name, held: 'true' } })}>
      {`${held.toLocaleString('en')} held`}
    </a>
    <span class="hint">
      <Why text={reason ?? ''} />
    </span>
  </li>
);

/** Endpoints that hold jobs back; those that were never attempted are in no failure group. */
export const EndpointsNotRunning = (): JSX.Element | null => {
  const endpoints = usePage().summary.value?.endpoints ?? [];
  if (endpoints.length === 0) return null;
  return (
    <section class="sheet" aria-labelledby="not-running-title">
      <div class="sheet-head">
        <h2 id="not-running-title">Endpoints to look at</h2>
      </div>
      <ul class="not-running">
        {endpoints.map((endpoint) => (
          <Line key={endpoint.name} endpoint={endpoint} />
        ))}
      </ul>
    </section>
  );
};
