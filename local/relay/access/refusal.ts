import { randomUUID } from 'node:crypto';

/** How the relay itself answers a request it does not serve. */
export interface Refusal {
  readonly status: number;
  readonly description: string;
}

export const notFound = (name: string): Refusal => ({
  status: 404,
  description: `Endpoint does not exist: '${name}'.`,
});

/** A status line carries printable ASCII only. */
const notForStatusLine = /[^\x20-\x7e]/g;

/** The service adds an id by which its support finds the request; here it only marks the text as the relay's. */
export const describe = ({ description }: Refusal): string =>
  `${description} TrackingId:${randomUUID()}, Timestamp:${new Date().toISOString()}`.replace(
    notForStatusLine,
    '?',
  );
