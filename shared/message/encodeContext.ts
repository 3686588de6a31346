import { makeConverter } from '../context/write/convert.ts';
import type { HintsMap } from '../context/write/hints.ts';
import type { MessageFormat } from '../endpoint/serviceEndpoint.ts';

/** Content types that listeners tell the formats by (Microsoft Learn, "Write a listener application"). */
export const contentTypes: Readonly<Record<MessageFormat, string>> = {
  json: 'application/json',
  xml: 'application/xml',
  binary: 'application/msbin1',
};

/**
 * Writes a received context in a format. JSON stays the received bytes.
 *
 * @throws ContextError when it cannot be written without loss.
 */
export type EncodeContext = (context: Uint8Array, format: MessageFormat) => Uint8Array;

/** @param hints types that JSON cannot tell, `table.column` to type. */
export const contextEncoder = (hints: HintsMap): EncodeContext => {
  const converter = makeConverter(hints);
  const writers: Readonly<Record<MessageFormat, (context: Uint8Array) => Uint8Array>> = {
    json: (context) => context,
    xml: (context) => converter.toXml(context),
    binary: (context) => converter.toBinary(context),
  };
  return (context, format) => writers[format](context);
};
