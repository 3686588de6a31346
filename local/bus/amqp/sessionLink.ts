import { isRefusal, sessionLockLost, type Refusal } from '../broker/refusal.ts';
import type { SessionLock, Sessions } from '../broker/sessions.ts';
import type { Attached, Service } from './attachment.ts';
import { wrapLong, type RheaSender } from './rhea.ts';

/** The name under which clients ask for a session: by its id, or with null for the next one that has messages. */
export const sessionFilter = 'com.microsoft:session-filter';

/** How long the client waits for a session, in milliseconds; a property of its link. */
const timeoutProperty = 'com.microsoft:timeout';
/** When the client does not say: as long as it would wait itself. */
const defaultTimeoutMs = 60_000;
/** Sent a little before the client gives up, so that it hears the reason. */
const headStartMs = 20;

const lockedUntilProperty = 'com.microsoft:locked-until-utc';

/** 100-nanosecond ticks since the year 1, as .NET counts time. */
const ticksOf = (timeMs: number): Buffer => {
  const ticks = Buffer.alloc(8);
  ticks.writeBigInt64BE(BigInt(Math.trunc(timeMs)) * 10_000n + 621_355_968_000_000_000n);
  return ticks;
};

export interface SessionLinkOptions {
  readonly sender: RheaSender;
  readonly sessions: Sessions;
  /** Begins to hand out the messages of a session; returns how to end that. */
  readonly begin: (session: string) => () => void;
  /** Registers the open link with what ends it. */
  readonly live: (stop: () => void) => void;
}

const serve = ({ sender, sessions, begin, live }: SessionLinkOptions, lock: SessionLock): Service => ({
  filter: { [sessionFilter]: lock.id },
  properties: { [lockedUntilProperty]: wrapLong(ticksOf(lock.untilMs)) },
  start: () => {
    const stop = begin(lock.id);
    lock.onLost = () => {
      stop();
      sender.close(sessionLockLost(lock.id, sender.source?.address ?? ''));
    };
    live(() => {
      stop();
      sessions.release(lock);
    });
  },
  forgo: () => sessions.release(lock),
});

const next = async ({ sender, sessions }: SessionLinkOptions): Promise<SessionLock | Refusal> => {
  const timeoutMs = sender.properties?.[timeoutProperty];
  const waitMs = typeof timeoutMs === 'number' ? timeoutMs : defaultTimeoutMs;
  const { accepted, cancel } = sessions.acceptNext(Math.max(0, waitMs - headStartMs));
  sender.connection.socket.once('close', cancel);
  const outcome = await accepted;
  sender.connection.socket.off('close', cancel);
  return outcome;
};

/** Attaches a receiver to a session: the one it names, or the next one, for which it may have to wait. */
export const receiveSession = async (options: SessionLinkOptions): Promise<Attached> => {
  const wanted = options.sender.source?.filter?.[sessionFilter];
  const lock = typeof wanted === 'string' ? options.sessions.accept(wanted) : await next(options);
  return isRefusal(lock) ? lock : serve(options, lock);
};
