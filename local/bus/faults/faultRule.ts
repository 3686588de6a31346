import type { Countdown } from '../../faults/countdown.ts';

/** An AMQP error to answer with; the text defaults to one that says that a fault was injected. */
interface WithError {
  readonly condition: string;
  readonly description?: string;
}

/** What goes wrong. */
export type Fault =
  /** The socket is reset (RST), or closed without a word (FIN); clients tell these apart while connecting. */
  | { readonly what: 'reset' | 'drop' }
  /** No answer, ever. */
  | { readonly what: 'mute' }
  /** The connection, the session or the link is closed with an error. */
  | ({ readonly what: 'close' | 'endSession' | 'detach' } & WithError)
  /** The answer to a request says so instead of its result. */
  | {
      readonly what: 'status';
      readonly status: number;
      readonly condition?: string;
      readonly description?: string;
    }
  /** The attach is answered with an error, the transfer or the settlement with `rejected`. */
  | ({ readonly what: 'refuse' | 'reject' } & WithError)
  /** The link of a sender is attached but may not send. */
  | { readonly what: 'noCredit' }
  /** The transfer is answered with `released` or `modified`. */
  | { readonly what: 'release' | 'modify' }
  /** The answer comes late, by the broker's clock. */
  | { readonly what: 'delay'; readonly delayMs: number }
  /** What exceeds the rate is rejected with `com.microsoft:server-busy`. */
  | { readonly what: 'throttle'; readonly perSecond: number }
  /** The process kills itself as `kill -9` would. */
  | { readonly what: 'die' };

type FaultName = Fault['what'];

/** Where it goes wrong. `disposition` is the settlement of a received message, `transfer` a message that is sent. */
export type FaultPlace = 'connect' | 'open' | 'cbs' | 'attach' | 'transfer' | 'disposition' | 'management';

/** `after`: what was asked for has been done and stored, only the answer suffers. */
export type FaultMoment = 'before' | 'after';

/** `throttle` strikes always, whatever `howOften` says. */
export type FaultRule = Fault &
  Countdown & {
    readonly where: FaultPlace;
    /** `before` when absent. */
    readonly when?: FaultMoment;
    /** Name of a queue; absent: any. Not looked at for `connect` and `open`. `$cbs` means the links to it. */
    readonly entity?: string;
    /** For `attach`: only links on which the client sends, or receives. */
    readonly role?: 'sender' | 'receiver';
  };

const everywhere: readonly FaultName[] = ['reset', 'drop', 'mute', 'close', 'die'];
const onLink: readonly FaultName[] = [...everywhere, 'detach', 'endSession', 'delay'];

/** What can happen where. */
const faultsAt: Readonly<Record<FaultPlace, readonly FaultName[]>> = {
  connect: ['reset', 'drop', 'mute', 'die'],
  open: everywhere,
  cbs: [...onLink, 'status'],
  attach: [...everywhere, 'endSession', 'delay', 'refuse', 'noCredit'],
  transfer: [...onLink, 'reject', 'release', 'modify', 'throttle'],
  disposition: [...onLink, 'reject'],
  management: [...onLink, 'status'],
};

/** Places where something is stored before it is answered. */
const storing: readonly FaultPlace[] = ['transfer', 'disposition', 'management'];

/** What is wrong with a list of rules, or undefined. */
export const problemWith = (rules: readonly FaultRule[]): string | undefined => {
  for (const [index, { where, what, when }] of rules.entries()) {
    if (!faultsAt[where].includes(what)) return `Fault ${index}: '${what}' cannot happen at '${where}'.`;
    if (when === 'after' && !storing.includes(where)) return `Fault ${index}: '${where}' has no 'after'.`;
  }
  return undefined;
};
