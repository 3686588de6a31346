import { strip, strippedMembers } from '../context/strip.ts';
import type { OversizePolicy } from '../endpoint/serviceEndpoint.ts';
import { maxContextBytes } from './sizes.ts';

/** Left out of a message whose listener gets the whole context elsewhere: every member that can be large. */
const claimedMembers = [...strippedMembers, 'OutputParameters', 'SharedVariables'];

export interface FittedContext {
  readonly kind: 'fitted';
  readonly body: Uint8Array;
  /** Members that were left out, in the order of the context. */
  readonly stripped: readonly string[];
  /** The whole context, where it is to be left elsewhere. */
  readonly whole?: Uint8Array;
}

export interface Unfit {
  readonly kind: 'unfit';
  readonly reason: string;
}

/**
 * Writes a context so that it keeps to Dataverse's bound, in the format of the endpoint. The bound holds for what is
 * written, not for what was received.
 *
 * @param encode writes received JSON in the format of the endpoint.
 */
export const fitContext = (
  received: Uint8Array,
  oversize: OversizePolicy,
  encode: (context: Uint8Array) => Uint8Array,
): FittedContext | Unfit => {
  const whole = encode(received);
  if (whole.byteLength <= maxContextBytes || oversize === 'keep')
    return { kind: 'fitted', body: whole, stripped: [] };
  if (oversize === 'fail') {
    return {
      kind: 'unfit',
      reason: `It has ${whole.byteLength} bytes; the endpoint takes at most ${maxContextBytes}.`,
    };
  }
  const names = oversize === 'claimCheck' ? claimedMembers : strippedMembers;
  const { body, removed } = strip(received, names);
  const cut = encode(body);
  if (cut.byteLength > maxContextBytes) {
    return {
      kind: 'unfit',
      reason: `It has ${whole.byteLength} bytes, and ${cut.byteLength} without ${names.join(', ')}; at most ${maxContextBytes} are sent.`,
    };
  }
  const claimed = oversize === 'claimCheck' ? { whole } : {};
  return { kind: 'fitted', body: cut, stripped: removed, ...claimed };
};
