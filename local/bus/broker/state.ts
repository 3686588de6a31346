import type { Lane } from './change.ts';
import type { Message } from './message.ts';
import type { QueueSettings } from './queueSettings.ts';

/** What must survive the process, of one queue. */
export interface QueueState {
  settings: QueueSettings;
  lastSequenceNumber: number;
  /** By sequence number. */
  readonly lanes: Readonly<Record<Lane, Map<number, Message>>>;
  /** When the message with an id was accepted, oldest first; filled only where duplicates are looked for. */
  readonly history: Map<string, number>;
  /** What receivers have kept with sessions. */
  readonly sessionStates: Map<string, Buffer>;
  /** Of all messages, dead letters too. */
  sizeBytes: number;
}

/** By {@link queueKey}. */
export type BrokerState = Map<string, QueueState>;

export const emptyQueue = (settings: QueueSettings): QueueState => ({
  settings,
  lastSequenceNumber: 0,
  lanes: { main: new Map(), deadLetter: new Map() },
  history: new Map(),
  sessionStates: new Map(),
  sizeBytes: 0,
});
