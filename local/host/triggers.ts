import type { IncomingMessage } from 'node:http';
import { createChaos } from './chaos/chaos.ts';
import { zeroCounts } from './counters.ts';
import { clientBinding, type LinkSettings } from './durable/api/links.ts';
import type { EngineDeps } from './durable/engine/deps.ts';
import { createEngine, type Engine } from './durable/engine/engine.ts';
import type { Ground } from './ground.ts';
import { createAppHandler, type AppHandler } from './http/appHandler.ts';
import { rpcBaseUrl } from './http/hostHandler.ts';
import type { Route } from './http/routes.ts';
import type { HostOptions } from './options.ts';
import { createTimeSkipper, type TimeSkipper } from './timeSkipper.ts';
import { createTimerTriggers, type TimerTriggers } from './timers/timerTriggers.ts';
import type { FunctionsWorker } from './worker/app.ts';
import { createDispatch } from './worker/dispatch.ts';
import { tabulate } from './worker/functions.ts';

/** 100 MiB unless the setting says otherwise. Source: the script host's HttpRequestBodySizeMiddleware. */
const DEFAULT_BODY_LIMIT = 104_857_600;

const bodyLimit = ({ settings }: Ground): number => {
  const limit = Number(settings['FUNCTIONS_REQUEST_BODY_SIZE_LIMIT'] ?? Number.NaN);
  return Number.isNaN(limit) ? DEFAULT_BODY_LIMIT : limit;
};

/** Functions that app settings switch off are as good as not there. */
const isDisabled = ({ settings }: Ground, name: string): boolean =>
  settings[`AzureWebJobs.${name}.Disabled`]?.toLowerCase() === 'true' ||
  settings[`AzureWebJobs_${name}_Disabled`]?.toLowerCase() === 'true';

export const linksOf = ({ config, keys, main }: Ground): LinkSettings => ({
  hubName: config.durable.hubName,
  connectionName: 'Storage',
  systemKey: keys.system,
  origin: () => `http://127.0.0.1:${main.port}`,
});

export const originOf =
  ({ main }: Ground) =>
  (message: IncomingMessage): string =>
    `http://${message.headers.host ?? `127.0.0.1:${main.port}`}`;

export const rpcHostOf = ({ rpc }: Ground): string => `127.0.0.1:${rpc.port}`;

/** What engine, triggers and API share. */
export const createDeps = (options: HostOptions, ground: Ground, worker: FunctionsWorker): EngineDeps => {
  const { config, store, clock, log } = ground;
  const binding = clientBinding(linksOf(ground), rpcBaseUrl(rpcHostOf(ground)));
  return {
    store,
    functions: tabulate(worker.functions.filter(({ name }) => !isDisabled(ground, name))),
    dispatch: createDispatch({
      worker,
      clientBinding: () => binding,
      timeoutMs: config.functionTimeoutMs,
    }),
    settings: config.durable,
    clock,
    chaos: createChaos(options.chaos ?? {}),
    counts: zeroCounts(),
    log,
  };
};

/** All that calls functions, and the skipper, which looks whether any of it is still at work. */
export interface Triggers {
  readonly engine: Engine;
  readonly timers: TimerTriggers;
  readonly app: AppHandler;
  readonly skipper: TimeSkipper;
}

export const createTriggers = (
  ground: Ground,
  deps: EngineDeps,
  routes: readonly Route[],
  skipTime: boolean,
): Triggers => {
  const { config, keys, settings } = ground;
  const { functions, store, dispatch, clock, counts, log } = deps;
  const check = (): void => skipper.check();
  const engine = createEngine(deps);
  const timers = createTimerTriggers({
    functions: functions.timers,
    settings,
    store,
    dispatch,
    clock,
    log,
    ended: check,
  });
  const app = createAppHandler({
    routes,
    keys,
    dispatch,
    origin: originOf(ground),
    bodyLimit: bodyLimit(ground),
    maxOutstandingRequests: config.maxOutstandingRequests,
    counts,
    log,
    answered: check,
  });
  const skipper = createTimeSkipper(
    { clock, engine, otherWork: () => app.busy + timers.busy, timersMoved: timers.clockMoved },
    skipTime,
  );
  engine.onQuiet(check);
  return { engine, timers, app, skipper };
};
