import { ContextError } from '../contextError.ts';
import { contractsNamespace } from '../contracts/namespaces.ts';
import type { RemoteExecutionContext } from '../executionContext.ts';
import { makeConverter } from '../write/convert.ts';
import type { HintsMap } from '../write/hints.ts';
import { BinaryReader } from './binaryReader.ts';
import { ContextBuilder } from './contextBuilder.ts';
import type { ElementReader } from './elementReader.ts';
import { XmlReader } from './xmlReader.ts';

export type MessageFormat = 'json' | 'xml' | 'binary';

/** The message format of a content type; undefined for one that no format has. */
export const formatOf = (contentType: string): MessageFormat | undefined => {
  const bare = contentType.split(';')[0]?.trim().toLowerCase();
  return {
    'application/json': 'json',
    'application/xml': 'xml',
    'text/xml': 'xml',
    'application/msbin1': 'binary',
  }[bare ?? ''] as MessageFormat | undefined;
};

const decode = (xml: Uint8Array): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(xml);
  } catch (error) {
    throw new ContextError('NotUtf8', '', 'is not UTF-8', error);
  }
};

const read = (reader: ElementReader): RemoteExecutionContext => {
  const builder = new ContextBuilder(reader);
  if (!reader.enter() || reader.name !== 'RemoteExecutionContext') {
    builder.refuse('TypeUnknown', `is no RemoteExecutionContext of ${contractsNamespace}`);
  }
  const context = builder.object('RemoteExecutionContext') as unknown as RemoteExecutionContext;
  reader.end();
  return context;
};

/**
 * Reads the body of a message in any of the three formats. From JSON, types are inferred by the rules of
 * docs/formats.md, and `hints` say what JSON cannot tell; XML and binary name every type.
 * Throws a ContextError with a JSON pointer to what is wrong.
 */
export const readContext = (
  body: Uint8Array,
  format: MessageFormat,
  hints: HintsMap = {},
): RemoteExecutionContext => {
  if (format === 'xml') return read(new XmlReader(decode(body)));
  // XML, not binary: it keeps the sign of a zero.
  if (format === 'json') return read(new XmlReader(decode(makeConverter(hints).toXml(body))));
  return read(new BinaryReader(body));
};
