import type { JSX } from 'preact';
import type { EndpointView } from '../../api/endpoints.ts';
import { Copyable } from '../../parts/copyable.tsx';
import { Facts } from '../../parts/facts.tsx';
import { Time } from '../../parts/time.tsx';

const policyText = (retry: EndpointView['retry']): string =>
  `first after ${retry.firstDelaySeconds} s, × ${retry.factor}, at most ${retry.longestDelaySeconds} s apart, for ${retry.totalHours} h`;

/** How the endpoint is set up; no secret is in it. */
export const EndpointFacts = ({ endpoint, open }: { endpoint: EndpointView; open: boolean }): JSX.Element => (
  <details class="sent" open={open}>
    <summary>Settings</summary>
    <Facts
      rows={[
        ['Webhook', <Copyable text={endpoint.notifyPath} what="path of the webhook" />],
        ['Connection', endpoint.connection],
        ['Signs in as', endpoint.identity],
        ['Format', endpoint.messageFormat],
        ['Retry', policyText(endpoint.retry)],
        ['Drain rate', `${endpoint.drainPerMinute} a minute`],
        [
          'Breaker opened',
          endpoint.breaker.openedOn === null ? null : <Time at={endpoint.breaker.openedOn} />,
        ],
        ['Openings in a row', endpoint.breaker.openings === 0 ? null : String(endpoint.breaker.openings)],
        ['Opened by', endpoint.breaker.code],
      ]}
    />
  </details>
);
