import { noChanges } from '../wire/applicationProperties.ts';
import { sessionIdOf } from '../wire/sessionId.ts';
import { browse } from './browse.ts';
import type { Consumer, Handout } from './consumers.ts';
import { receiveDeferred } from './deferred.ts';
import type { Message } from './message.ts';
import type { QueueContext } from './queueContext.ts';
import { lockLost, type Refusal } from './refusal.ts';
import type { SessionsOfQueue } from './sessionStates.ts';
import type { Settlement, Settler } from './settle.ts';
import type { SubQueue } from './subQueue.ts';

/** What a receiver can be attached to: a queue, or its dead-letter sub-queue. */
export interface Receivable {
  serve(consumer: Consumer): void;
  dismiss(consumer: Consumer): void;
  settle(lockToken: Buffer, settlement: Settlement): Promise<Refusal | undefined>;
  /** The new ends of the locks, in milliseconds since 1970; all or none are renewed. */
  renew(lockTokens: readonly Buffer[]): readonly number[] | Refusal;
  /** Only of one session when it is given. */
  peek(fromNumber: number, atMost: number, session?: string): Message[];
  receiveDeferred(sequenceNumbers: readonly number[], mode: Consumer['mode']): Handout[] | Refusal;
  /** Present where messages are received by session. */
  readonly sessions: SessionsOfQueue | undefined;
  /** Gives back what is locked although the lock has expired. */
  returnExpired(): void;
  nextLockExpiryMs(): number;
}

export const createReceivable = (
  context: QueueContext,
  subQueue: SubQueue,
  settler: Settler,
  sessions: SessionsOfQueue | undefined,
): Receivable => ({
  serve: subQueue.serve,
  dismiss: subQueue.dismiss,
  settle: settler.settle,
  renew: (lockTokens) => {
    const nowMs = context.clock.now();
    const held = lockTokens.map((token) => subQueue.locks.find(token, nowMs));
    const locks = held.filter((lock) => lock !== undefined);
    if (locks.length < held.length) return lockLost(context.state.settings.name);
    return locks.map((lock) => {
      subQueue.renew(lock);
      return lock.untilMs;
    });
  },
  peek: (fromNumber, atMost, session) => {
    const isWanted = (message: Message): boolean =>
      session === undefined || sessionIdOf(message.parts.properties) === session;
    return browse(context.state, subQueue.lane, { fromNumber, atMost, isWanted });
  },
  sessions,
  receiveDeferred: (sequenceNumbers, mode) => receiveDeferred(context, subQueue, sequenceNumbers, mode),
  returnExpired: () => {
    for (const lock of subQueue.locks.releaseExpired(context.clock.now())) {
      void settler.giveBack(lock.message, noChanges);
    }
  },
  nextLockExpiryMs: subQueue.locks.nextExpiryMs,
});
