import type { OversizePolicy } from '../endpoint/serviceEndpoint.ts';
import { maxContextBytes } from './sizes.ts';

/** What Dataverse leaves out of a context that is too large (Microsoft Learn, "Azure integration"). */
const strippable = ['ParentContext', 'InputParameters', 'PreEntityImages', 'PostEntityImages'] as const;

export interface FittedContext {
  readonly kind: 'fitted';
  readonly body: Uint8Array;
  /** Members that were left out, in the order of the context. */
  readonly stripped: readonly string[];
}

export interface Unfit {
  readonly kind: 'unfit';
  readonly reason: string;
}

/** How a context is written and cut. */
export interface ContextWriter {
  /** Writes received JSON in the format of the endpoint. */
  readonly encode: (context: Uint8Array) => Uint8Array;
  /** Received JSON without these members of its top level, and the names of those that were there. */
  readonly withoutMembers: (
    context: Uint8Array,
    names: readonly string[],
  ) => { readonly body: Uint8Array; readonly removed: readonly string[] };
}

/**
 * Writes a context so that it keeps to Dataverse's bound, in the format of the endpoint. The bound holds for what is
 * written, not for what was received.
 */
export const fitContext = (
  received: Uint8Array,
  oversize: OversizePolicy,
  { encode, withoutMembers }: ContextWriter,
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
  const { body, removed } = withoutMembers(received, strippable);
  const cut = encode(body);
  return cut.byteLength <= maxContextBytes
    ? { kind: 'fitted', body: cut, stripped: removed }
    : {
        kind: 'unfit',
        reason: `It has ${whole.byteLength} bytes, and ${cut.byteLength} without ${strippable.join(', ')}; at most ${maxContextBytes} are sent.`,
      };
};
