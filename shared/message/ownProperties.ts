import { claimName, claimNames } from './claims.ts';
import { fixedHeaders } from './relayRequest.ts';

const prefix = claimName('');

/** Names of properties that the bridge gives to every message, beside the claims. */
const fixed: ReadonlySet<string> = new Set([
  ...claimNames,
  ...fixedHeaders,
  'traceparent',
  'Diagnostic-Id',
  'MessageMaxSizeExceeded',
  'ClaimCheckReference',
  'ClaimCheckSha256',
  'ClaimCheckBytes',
]);

/** Whether a property is one of the bridge's own; all others are columns of the record, and so payload. */
export const isOwnProperty = (name: string): boolean => name.startsWith(prefix) || fixed.has(name);
