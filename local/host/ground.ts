import { resolve } from 'node:path';
import { movableClock, systemClock, type Clock } from './clock.ts';
import { readHostConfig, type HostConfig } from './config/hostJson.ts';
import type { Settings } from './config/settings.ts';
import { toMs } from './durable/time.ts';
import { applyEnvironment, collectSettings } from './environment.ts';
import { loadKeys, type HostKeys } from './http/keys.ts';
import { startServer, type Listening } from './http/server.ts';
import { stderrLog, type Log } from './log.ts';
import type { HostOptions } from './options.ts';
import { memoryStore, openHubStore, type HubStore } from './store/hubStore.ts';

/** Runs clean-up steps, the last one added first. */
export interface Cleanup {
  add(step: () => Promise<void> | void): void;
  run(): Promise<void>;
}

export const createCleanup = (): Cleanup => {
  const steps: (() => Promise<void> | void)[] = [];
  return {
    add: (step) => steps.push(step),
    run: async () => {
      for (let step = steps.pop(); step !== undefined; step = steps.pop()) await step();
    },
  };
};

/** What a host stands on, open before the app is loaded: its addresses are part of the app's environment. */
export interface Ground {
  readonly app: string;
  readonly log: Log;
  readonly settings: Settings;
  readonly config: HostConfig;
  readonly keys: HostKeys;
  readonly store: HubStore;
  readonly clock: Clock;
  readonly main: Listening;
  readonly rpc: Listening;
  readonly control: Listening;
}

/** How long connections may take to finish once the host stops. */
const CLOSE_GRACE_MS = 2000;

const listen = async (port: number, cleanup: Cleanup): Promise<Listening> => {
  const listening = await startServer(port);
  cleanup.add(() => listening.close(CLOSE_GRACE_MS));
  return listening;
};

const openStore = async (state: string | undefined, cleanup: Cleanup): Promise<HubStore> => {
  const store = state === undefined ? memoryStore() : await openHubStore(state);
  cleanup.add(() => store.close());
  return store;
};

/** The last time anything happened in a hub, in milliseconds; 0 for an empty one. */
const lastChangeMs = ({ state }: HubStore): number =>
  [...state.instances.values()].reduce((last, { updated }) => Math.max(last, toMs(updated)), 0);

/** A clock that can be moved goes on where a host that skipped time left its hub: time never runs backwards. */
const openClock = (skipTime: boolean, store: HubStore, cleanup: Cleanup): Clock => {
  const clock = skipTime ? movableClock() : systemClock();
  cleanup.add(() => clock.dispose());
  if (skipTime) clock.advance(lastChangeMs(store) - clock.now());
  return clock;
};

/** @throws Error in one sentence: bad host.json, a taken port, a state folder that cannot be written or is in use. */
export const openGround = async (options: HostOptions, cleanup: Cleanup): Promise<Ground> => {
  const app = resolve(options.app);
  const log = options.log ?? stderrLog(options.logLevel ?? 'information');
  const given = await collectSettings(app, options.settings ?? {});
  const config = await readHostConfig(app, given);
  const keys = await loadKeys(options.keys ?? {}, options.state);
  const store = await openStore(options.state, cleanup);
  const main = await listen(options.port ?? 0, cleanup);
  const rpc = await listen(0, cleanup);
  const control = await listen(0, cleanup);
  const settings = { ...given, WEBSITE_HOSTNAME: `127.0.0.1:${main.port}` };
  cleanup.add(applyEnvironment(settings));
  const clock = openClock(options.skipTime === true, store, cleanup);
  return { app, log, settings, config, keys, store, clock, main, rpc, control };
};
