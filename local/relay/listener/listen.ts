import { setTimeout as sleep } from 'node:timers/promises';
import { parseConnectionString } from './connectionString.ts';
import { openControlChannel, type ControlChannel } from './controlChannel.ts';
import type { ListenOptions } from './listenOptions.ts';
import { createRequests } from './requests.ts';

/** A listener on a relay. */
export interface RelayListener {
  /** Whether the relay can hand it requests right now. */
  readonly isConnected: boolean;
  /** Answers what it has been asked (for at most five seconds), and ends. */
  close(): Promise<void>;
}

const firstWaitMs = 100;
const longestWaitMs = 5000;

/** Work that was begun gets so long to end when the listener is closed. */
const drainWithinMs = 5000;

/**
 * Listens on a relay of Azure (a hybrid connection) or of the stand-in (also a WCF relay). Once connected it reconnects by
 * itself until it is closed.
 *
 * @throws Error when the first connection fails: the relay cannot be reached, there is no such relay, or the key does not
 * open it.
 */
export const listen = async (options: ListenOptions): Promise<RelayListener> => {
  const { connectionString, reconnectAfterMs = firstWaitMs, log = () => undefined } = options;
  const namespace = parseConnectionString(connectionString);
  const requests = createRequests(options);
  const ending = new AbortController();
  let channel: ControlChannel | undefined;

  const connect = (): Promise<ControlChannel> => openControlChannel(namespace, options, requests);
  const isEnding = (): boolean => ending.signal.aborted;
  const reconnect = async (): Promise<ControlChannel | undefined> => {
    for (let waitMs = reconnectAfterMs; ; waitMs = Math.min(waitMs * 2, longestWaitMs)) {
      await sleep(waitMs, undefined, { signal: ending.signal }).catch(() => undefined);
      if (isEnding()) return undefined;
      try {
        return await connect();
      } catch (error) {
        log(`No connection to '${options.path}': ${(error as Error).message}`);
      }
    }
  };
  const stay = async (first: ControlChannel): Promise<void> => {
    for (
      let current: ControlChannel | undefined = first;
      current !== undefined;
      current = await reconnect()
    ) {
      channel = current;
      log(`Listening on '${options.path}'.`);
      // Closed while it was being opened.
      if (isEnding()) current.close();
      log(`Connection to '${options.path}' ended: ${await current.ended}`);
      channel = undefined;
    }
  };
  const staying = stay(await connect());
  return {
    get isConnected() {
      return channel !== undefined;
    },
    close: async () => {
      await Promise.race([requests.idle(), sleep(drainWithinMs, undefined, { ref: false })]);
      ending.abort();
      channel?.close();
      requests.close();
      await staying;
    },
  };
};
