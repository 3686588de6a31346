import type { MessageFormat } from '../endpoint/serviceEndpoint.ts';

/** Content types that listeners tell the formats by (Microsoft Learn, "Write a listener application"). */
export const contentTypes: Readonly<Record<MessageFormat, string>> = {
  json: 'application/json',
  xml: 'application/xml',
  binary: 'application/msbin1',
};

export const encodeContext = (context: Uint8Array, format: MessageFormat): Uint8Array => {
  if (format !== 'json') throw new Error('later');
  return context;
};

export const withoutMembers = (
  context: Uint8Array,
  names: readonly string[],
): { body: Uint8Array; removed: string[] } => {
  throw new Error(`later ${context.byteLength} ${names.length}`);
};
