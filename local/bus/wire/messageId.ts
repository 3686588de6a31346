import { decodeValue } from './decode.ts';
import { encodeList, encodeNull, encodeSection, encodeString } from './encode.ts';
import { itemsOf } from './layout.ts';
import { sectionCode, type Section } from './sections.ts';

/** The properties section of a message together with its id as a text that tells types apart. */
export interface Identified {
  readonly properties: Buffer;
  /** E.g. `string:4711`; the number 4711 and the text "4711" are different ids. */
  readonly id: string;
}

const keyOf = (id: Buffer): string => {
  const value = decodeValue(id, 0);
  if (Buffer.isBuffer(value)) return `bytes:${value.toString('hex')}`;
  if (typeof value === 'string' || typeof value === 'number') return `${typeof value}:${value}`;
  throw new Error('A message id is a string, a number, a uuid or binary.');
};

/**
 * Finds a message's id. A message without one gets `newId()`: the SDK cannot renew a lock without it. That is the
 * only case in which the bytes of the properties change.
 */
export const identify = (properties: Section | undefined, newId: () => string): Identified => {
  const items = properties === undefined ? [] : itemsOf(properties.bytes, properties.valueAt);
  const [id = encodeNull(), ...rest] = items;
  if (properties !== undefined && decodeValue(id, 0) !== null) {
    return { properties: properties.bytes, id: keyOf(id) };
  }
  const given = encodeString(newId());
  return {
    properties: encodeSection(sectionCode.properties, encodeList([given, ...rest])),
    id: keyOf(given),
  };
};
