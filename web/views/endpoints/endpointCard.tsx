import type { JSX } from 'preact';
import type { EndpointView } from '../../api/endpoints.ts';
import { addressOf } from '../../model/address.ts';
import { endpointStates } from '../../model/endpointWords.ts';
import { EndpointChip } from '../../parts/endpointChip.tsx';
import { Hours } from '../../parts/hours.tsx';
import { Time } from '../../parts/time.tsx';
import { Why } from '../../parts/why.tsx';
import { EndpointActions } from './endpointActions.tsx';
import { EndpointFacts } from './endpointFacts.tsx';

interface EndpointCardProps {
  readonly endpoint: EndpointView;
  /** Version that the person sees, where it is known. */
  readonly etag?: string | null;
  readonly refresh: () => void;
  /** It has the view for itself. */
  readonly alone?: boolean;
}

/** Why it is as it is: who paused it, or what opened the breaker and when it tries again. */
const Because = ({ endpoint }: { endpoint: EndpointView }): JSX.Element | null => {
  const { pause, breaker, reason, since } = endpoint;
  if (pause !== null) {
    return (
      <p class="because">
        Paused by {pause.by} <Time at={pause.on} />
        {pause.reason === null || pause.reason === '' ? '.' : `: ${pause.reason}`}
      </p>
    );
  }
  if (breaker.state === 'closed' && endpoint.state === 'running') return null;
  return (
    <p class="because">
      <Why text={reason ?? ''} />{' '}
      {since === null ? null : (
        <>
          Since <Time at={since} />.{' '}
        </>
      )}
      {breaker.nextProbeOn === null ? null : (
        <>
          One job is let through <Time at={breaker.nextProbeOn} />.
        </>
      )}
    </p>
  );
};

const Figure = ({ value, children }: { value: number; children: JSX.Element | string }): JSX.Element => (
  <div class="figure">
    <strong>{value.toLocaleString('en')}</strong> {children}
  </div>
);

const Figures = ({ endpoint }: { endpoint: EndpointView }): JSX.Element => (
  <div class="figures">
    <Figure value={endpoint.held}>
      <a href={addressOf({ view: 'jobs', filter: { endpoint: endpoint.name, held: 'true' } })}>held</a>
    </Figure>
    <Figure value={endpoint.backlog}>
      <a href={addressOf({ view: 'jobs', filter: { endpoint: endpoint.name, attention: 'true' } })}>
        in the backlog
      </a>
    </Figure>
    {endpoint.estimatedDrainOn === null ? null : (
      <div class="figure">
        empty <Time at={endpoint.estimatedDrainOn} />, at {endpoint.drainPerMinute} a minute
      </div>
    )}
  </div>
);

/** A service endpoint: state, reason, backlog, the last day, and what can be done. */
export const EndpointCard = ({ endpoint, etag, refresh, alone }: EndpointCardProps): JSX.Element => {
  const { tone } = endpointStates[endpoint.state];
  return (
    <article class={`endpoint tone-${tone}`} aria-label={endpoint.name}>
      <header class="endpoint-head">
        {alone === true ? null : (
          <h2>
            <a href={addressOf({ view: 'endpoint', name: endpoint.name })}>{endpoint.name}</a>
          </h2>
        )}
        <EndpointChip state={endpoint.state} />
        <span class="hint">
          {endpoint.contract} <code>{endpoint.path}</code>
        </span>
      </header>
      <Because endpoint={endpoint} />
      <Figures endpoint={endpoint} />
      <Hours hours={endpoint.hours} />
      <p class="hint hours-legend">
        Attempts by hour, the last 24 hours; <span class="failed-word">failed</span> at the foot, p95 as a
        line
      </p>
      <p class="hint">
        Last delivered <Time at={endpoint.lastDeliveredOn} /> · last failed{' '}
        <Time at={endpoint.lastFailedOn} />
      </p>
      <EndpointFacts endpoint={endpoint} open={alone === true} />
      <EndpointActions endpoint={endpoint} etag={etag ?? null} refresh={refresh} />
    </article>
  );
};
