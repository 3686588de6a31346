import type { QueueContext } from './queueContext.ts';
import { sessionLockLost, type Refusal } from './refusal.ts';
import type { Sessions } from './sessions.ts';

/** The sessions of a queue with what receivers keep with them; only the holder of a session gets at its state. */
export interface SessionsOfQueue extends Sessions {
  readonly getState: (session: string) => Buffer | undefined | Refusal;
  /** Resolves when it is stored. */
  readonly setState: (session: string, state: Buffer | undefined) => Promise<Refusal | undefined>;
}

export const withStates = ({ key, state, ledger }: QueueContext, sessions: Sessions): SessionsOfQueue => {
  const lost = (session: string): Refusal | undefined =>
    sessions.holder(session) === undefined ? sessionLockLost(session, state.settings.name) : undefined;
  return {
    ...sessions,
    getState: (session) => lost(session) ?? state.sessionStates.get(session),
    setState: async (session, kept) => {
      const refusal = lost(session);
      if (refusal !== undefined) return refusal;
      await ledger.commit({ kind: 'sessionState', queue: key, session, state: kept });
      return undefined;
    },
  };
};
