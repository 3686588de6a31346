import { decodeValue } from './decode.ts';
import { afterDescriptor, itemsOf } from './layout.ts';

/** Position of the group id in the properties list (AMQP 1.0 part 3, "Properties"). */
const groupIdAt = 10;

/** The session a message belongs to: the group id of its properties section. */
export const sessionIdOf = (properties: Buffer): string | undefined => {
  const encoded = itemsOf(properties, afterDescriptor(properties, 0))[groupIdAt];
  const value = encoded === undefined ? null : decodeValue(encoded, 0);
  return typeof value === 'string' ? value : undefined;
};
