import type { NewMessage } from '../broker/message.ts';
import { afterDescriptor, itemsOf } from '../wire/layout.ts';
import { readMap, type EncodedMap } from '../wire/request.ts';
import { sqlValueOf, type SqlValue } from './sqlValue.ts';

/** What filters see of a message. */
export interface MessageFacts {
  /** A system property, by its lower-case name; one that does not exist is unknown. */
  system(name: string): SqlValue;
  /** An application property; upper and lower case are not told apart. */
  user(name: string): SqlValue;
  hasUser(name: string): boolean;
}

/** Positions in the properties list (AMQP 1.0 part 3, "Properties") by the names Service Bus has for them. */
const positions: Readonly<Record<string, number>> = {
  messageid: 0,
  to: 2,
  label: 3,
  subject: 3,
  replyto: 4,
  correlationid: 5,
  contenttype: 6,
  sessionid: 10,
  replytosessionid: 12,
};

const ofMessage: Readonly<Record<string, (message: NewMessage) => SqlValue>> = {
  sequencenumber: ({ sequenceNumber }) => BigInt(sequenceNumber),
  enqueuedsequencenumber: ({ sequenceNumber }) => BigInt(sequenceNumber),
  deliverycount: () => 0n,
  size: ({ sizeBytes }) => BigInt(sizeBytes),
  enqueuedtimeutc: ({ enqueuedAtMs }) => new Date(enqueuedAtMs),
  scheduledenqueuetimeutc: ({ parts }) =>
    parts.annotations.scheduledAtMs === undefined ? undefined : new Date(parts.annotations.scheduledAtMs),
};

/** Whether there is a system property with this lower-case name. */
export const isSystemProperty = (name: string): boolean => name in positions || name in ofMessage;

const lowerCased = (map: EncodedMap): EncodedMap =>
  new Map([...map].map(([name, value]) => [name.toLowerCase(), value]));

/** Ids may be numbers or uuids in AMQP; in Service Bus they are texts. */
const asText = (value: SqlValue): SqlValue => (typeof value === 'bigint' ? value.toString() : value);

export const factsOf = (message: NewMessage): MessageFacts => {
  let user: EncodedMap | undefined;
  let properties: Buffer[] | undefined;
  const userProperties = (): EncodedMap => {
    const section = message.parts.applicationProperties;
    user ??= section === undefined ? new Map() : lowerCased(readMap(section, afterDescriptor(section, 0)));
    return user;
  };
  const propertyAt = (position: number): SqlValue => {
    const section = message.parts.properties;
    properties ??= itemsOf(section, afterDescriptor(section, 0));
    const encoded = properties[position];
    return encoded === undefined ? undefined : asText(sqlValueOf(encoded));
  };
  return {
    system: (name) => {
      const position = positions[name];
      return position === undefined ? ofMessage[name]?.(message) : propertyAt(position);
    },
    user: (name) => {
      const encoded = userProperties().get(name.toLowerCase());
      return encoded === undefined ? undefined : sqlValueOf(encoded);
    },
    hasUser: (name) => userProperties().has(name.toLowerCase()),
  };
};
