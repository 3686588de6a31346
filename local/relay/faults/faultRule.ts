import type { Countdown } from '../../faults/countdown.ts';

/** What goes wrong. */
export type Fault =
  /** The relay answers with this status instead of going on. */
  | {
      readonly what: 'status';
      readonly status: number;
      /** A text that says that a fault was injected when absent. */
      readonly description?: string;
      /** E.g. `Retry-After`. */
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** The connection is reset (RST), or closed without a word (FIN). */
  | { readonly what: 'reset' | 'drop' }
  /** Nothing more happens, ever; not even the 504 of the time limit. */
  | { readonly what: 'stall' }
  /** It goes on late. */
  | { readonly what: 'delay'; readonly delayMs: number }
  /** The listener gets the request, and its control channel is closed before it can answer. */
  | { readonly what: 'closeChannel' }
  /** The process kills itself as `kill -9` would. */
  | { readonly what: 'die' };

type FaultName = Fault['what'];

/**
 * Where it goes wrong:
 *
 * - `listen`: a listener asks to be registered
 * - `request`: a sender's request is there, nothing has been looked at
 * - `forward`: it is allowed and a listener is there, which has not got it yet
 * - `answer`: the listener has answered, the sender does not know: a `drop` here is the ambiguous failure
 */
export type FaultPlace = 'listen' | 'request' | 'forward' | 'answer';

export type FaultRule = Fault &
  Countdown & {
    readonly where: FaultPlace;
    /** Name of a relay; absent: any, also one that does not exist. */
    readonly relay?: string;
  };

const everywhere: readonly FaultName[] = ['status', 'reset', 'drop', 'stall', 'delay', 'die'];

/** What can happen where. */
const faultsAt: Readonly<Record<FaultPlace, readonly FaultName[]>> = {
  listen: everywhere,
  request: everywhere,
  forward: [...everywhere, 'closeChannel'],
  answer: everywhere,
};

/** What is wrong with a list of rules, or undefined. */
export const problemWith = (rules: readonly FaultRule[]): string | undefined => {
  for (const [index, { where, what }] of rules.entries()) {
    if (!faultsAt[where].includes(what)) return `Fault ${index}: '${what}' cannot happen at '${where}'.`;
  }
  return undefined;
};
