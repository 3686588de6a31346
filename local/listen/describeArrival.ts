import type { Arrival } from '../listeners/arrival.ts';
import type { LocalEndpoint } from '../stack/localEndpoints.ts';

/** Characters of a body that are shown unless all are wanted. */
const shortBody = 400;

/** Binary bodies are shown in hexadecimal, the others as text. */
const bodyText = ({ body, contentType }: Arrival): string =>
  contentType.startsWith('application/msbin1') ? body.toString('hex') : body.toString('utf8');

/** What arrived, for people: where, the properties, the body. */
export const describeArrival = ({ name }: LocalEndpoint, arrival: Arrival, full: boolean): string => {
  const text = bodyText(arrival);
  const shown = full || text.length <= shortBody ? text : `${text.slice(0, shortBody)}...`;
  const properties = Object.entries(arrival.properties).map(([key, value]) => `  ${key}: ${String(value)}`);
  return [
    `\n${name}: ${arrival.messageId}, ${arrival.contentType}, ${arrival.body.byteLength} bytes`,
    ...properties,
    `  ${shown}`,
  ].join('\n');
};
