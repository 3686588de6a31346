import type { Contract, Tier } from '../endpoint/serviceEndpoint.ts';
import type { OutgoingMessage } from './outgoingMessage.ts';

/** Largest context that Dataverse posts whole: 192 KB (Microsoft Learn, "Azure integration"). */
export const maxContextBytes = 192 * 1024;

const kib = 1024;
const mib = 1024 * kib;

const busLimits: Readonly<Record<Tier, number>> = {
  basic: 256 * kib,
  standard: 256 * kib,
  premium: 100 * mib,
};
const hubLimits: Readonly<Record<Tier, number>> = { basic: 256 * kib, standard: mib, premium: mib };

/** A relay keeps nothing and streams what is sent. */
const noLimits: Readonly<Record<Tier, number>> = {
  basic: Number.POSITIVE_INFINITY,
  standard: Number.POSITIVE_INFINITY,
  premium: Number.POSITIVE_INFINITY,
};

/** Largest message of each contract and tier, header included (Service Bus and Event Hubs documentation, "Quotas"). */
const limits: Readonly<Record<Contract, Readonly<Record<Tier, number>>>> = {
  queue: busLimits,
  topic: busLimits,
  eventHub: hubLimits,
  oneWay: noLimits,
  twoWay: noLimits,
  rest: noLimits,
};

/** Room for what AMQP puts around body and properties. */
const overheadBytes = 1024;

const encoder = new TextEncoder();
const bytesOf = (value: string | number | boolean): number =>
  typeof value === 'string' ? encoder.encode(value).byteLength : 9;

/** Bytes that a message has on the wire, rounded up. */
const sizeOf = ({ body, applicationProperties }: OutgoingMessage): number => {
  const properties = Object.entries(applicationProperties);
  const inProperties = properties.reduce((sum, [name, value]) => sum + bytesOf(name) + bytesOf(value) + 8, 0);
  return body.byteLength + inProperties + overheadBytes;
};

/** Why the broker will not take a message of this size; undefined when it will. */
export const tooLargeFor = (contract: Contract, tier: Tier, message: OutgoingMessage): string | undefined => {
  const size = sizeOf(message);
  const limit = limits[contract][tier];
  return size <= limit
    ? undefined
    : `The message has about ${size} bytes; contract ${contract}, tier ${tier}, takes ${limit}.`;
};
