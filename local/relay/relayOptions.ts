import type { Clock } from '../bus/clock/clock.ts';
import type { AccessKey } from '../sas/accessKey.ts';
import type { FaultRule } from './faults/faultRule.ts';

/** `wcf` is what listeners written for Dataverse open; of it, the sender's HTTP side is imitated. */
export type RelayKind = 'hybridConnection' | 'wcf';

/** What can be set of one relay. */
export interface RelaySettings {
  /** Path below the namespace; its case does not matter. */
  readonly name: string;
  readonly kind: RelayKind;
  /** Keys of this relay alone, besides those of the namespace. */
  readonly keys?: readonly AccessKey[];
  /** Whether senders need a token; true when absent. */
  readonly requiresClientAuthorization?: boolean;
  /**
   * What a sender gets when nobody listens. Absent: 502 for a hybrid connection, as the text of the protocol's
   * documentation says (its table says 503, and senders by WebSocket were seen to get 404); 404 for a WCF relay, whose
   * address exists only while a listener has it open.
   */
  readonly noListenerStatus?: 404 | 502 | 503;
}

/** What can be said of a relay namespace in a file. */
export interface RelayConfig {
  /** Port on 127.0.0.1; 0 or absent: any free one. */
  readonly port?: number;
  readonly relays?: readonly RelaySettings[];
  /** Keys of the namespace; absent: `rootKey`. */
  readonly keys?: readonly AccessKey[];
  /** How long a listener may take to answer; 60,000 when absent. */
  readonly answerWithinMs?: number;
  /** How long a rendezvous address is good; 30,000 when absent. */
  readonly rendezvousWithinMs?: number;
  readonly faults?: readonly FaultRule[];
}

export interface RelayOptions extends RelayConfig {
  /** Time by which tokens expire; the machine's when absent, since clients stamp tokens with theirs. */
  readonly tokenClock?: Clock;
  /** Gets a line whenever a listener breaks the protocol; dropped when absent. */
  readonly log?: (line: string) => void;
}
