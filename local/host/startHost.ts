import type { IncomingMessage } from 'node:http';
import { createChaos } from './chaos/chaos.ts';
import type { HostControl } from './control.ts';
import { createControlHandler } from './controlServer.ts';
import { zeroCounts } from './counters.ts';
import { createApi } from './durable/api/api.ts';
import { clientBinding, type LinkSettings } from './durable/api/links.ts';
import type { EngineDeps } from './durable/engine/deps.ts';
import { createEngine } from './durable/engine/engine.ts';
import { createCleanup, openGround, type Cleanup, type Ground } from './ground.ts';
import { createHostControl } from './hostControl.ts';
import { createAppHandler } from './http/appHandler.ts';
import { createHostHandler, createRpcHandler, rpcBaseUrl } from './http/hostHandler.ts';
import { buildRoutes, shadowedRoutes, type Route } from './http/routes.ts';
import { workerLog } from './log.ts';
import type { HostOptions, Ready } from './options.ts';
import { createTimeSkipper } from './timeSkipper.ts';
import { createTimerTriggers } from './timers/timerTriggers.ts';
import type { FunctionsWorker } from './worker/app.ts';
import { createDispatch } from './worker/dispatch.ts';
import { loadWorker, workerCount, type LoadWorker } from './worker/loadWorker.ts';
import { tabulate, type FunctionTable } from './worker/functions.ts';

/** A host that serves. */
export interface RunningHost {
  readonly ready: Ready;
  readonly control: HostControl;
  /** Takes no more work, lets turns and activities end (bounded), and lets go of everything. */
  readonly stop: () => Promise<void>;
  /** Resolves when the host has stopped, whoever asked for it. */
  readonly stopped: Promise<void>;
}

/** How long turns and activities may go on once the host stops. */
const DRAIN_MS = 10_000;

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

const linksOf = ({ config, keys, main }: Ground): LinkSettings => ({
  hubName: config.durable.hubName,
  connectionName: 'Storage',
  systemKey: keys.system,
  origin: () => `http://127.0.0.1:${main.port}`,
});

const originOf =
  ({ main }: Ground) =>
  (message: IncomingMessage): string =>
    `http://${message.headers.host ?? `127.0.0.1:${main.port}`}`;

const describeFunctions = ({ all }: FunctionTable, routes: readonly Route[]): Ready['functions'] =>
  all.map((hosted) => {
    const route = routes.find((candidate) => candidate.hosted === hosted);
    const described = { name: hosted.name, trigger: hosted.trigger.type };
    return route === undefined ? described : { ...described, route: `/${route.template}` };
  });

const warnOfShadows = ({ log }: Ground, routes: readonly Route[]): void => {
  for (const { hidden, by } of shadowedRoutes(routes)) {
    log(
      'warning',
      'Host',
      `Function '${hidden.hosted.name}' is never reached: its route "${hidden.template}" is also matched by ` +
        `"${by.template}" of '${by.hosted.name}', and the host tries functions in the order of their names.`,
    );
  }
};

/** Stops at the first call; later ones wait for the same stop. */
const stopOnce = (work: () => Promise<void>): Pick<RunningHost, 'stop' | 'stopped'> => {
  let stopping: Promise<void> | undefined;
  let tell: () => void = () => undefined;
  const stopped = new Promise<void>((resolve) => {
    tell = resolve;
  });
  const stop = (): Promise<void> => {
    stopping ??= work().finally(tell);
    return stopping;
  };
  return { stop, stopped };
};

/** Puts the host together on its ground and sets it going. */
const assemble = (
  options: HostOptions,
  ground: Ground,
  worker: FunctionsWorker,
  cleanup: Cleanup,
): RunningHost => {
  const { config, keys, store, clock, log, main, rpc, control: controlServer, settings } = ground;
  const functions = tabulate(worker.functions.filter(({ name }) => !isDisabled(ground, name)));
  const routes = buildRoutes(functions.http, config.routePrefix);
  warnOfShadows(ground, routes);
  const rpcHost = `127.0.0.1:${rpc.port}`;
  const links = linksOf(ground);
  const binding = clientBinding(links, rpcBaseUrl(rpcHost));
  const dispatch = createDispatch({
    worker,
    clientBinding: () => binding,
    timeoutMs: config.functionTimeoutMs,
  });
  const counts = zeroCounts();
  const chaos = createChaos(options.chaos ?? {});
  const deps: EngineDeps = {
    store,
    functions,
    dispatch,
    settings: config.durable,
    clock,
    chaos,
    counts,
    log,
  };
  const engine = createEngine(deps);
  const check = (): void => skipper.check();
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
    options.skipTime === true,
  );
  engine.onQuiet(check);
  const api = createApi({ ...deps, engine, links, starting: new Set() });

  cleanup.add(() => worker.stop());
  const { stop, stopped } = stopOnce(async () => {
    timers.stop();
    await engine.stop(DRAIN_MS);
    await cleanup.run();
  });

  const control = createHostControl({ counts, store, worker, chaos, clock, skipper, stop });
  const admin = { functions, hostId: config.durable.hubName.toLowerCase(), fire: timers.fire };
  main.setHandler(createHostHandler({ app, api, admin, keys, origin: originOf(ground), log }));
  rpc.setHandler(createRpcHandler(api, rpcHost, log));
  controlServer.setHandler(createControlHandler(control));
  engine.resume();
  timers.start();
  check();
  const ready: Ready = {
    baseUrl: `http://127.0.0.1:${main.port}`,
    functionKey: keys.functions[0] ?? '',
    masterKey: keys.master,
    systemKey: keys.system,
    rpcBaseUrl: rpcBaseUrl(rpcHost),
    controlUrl: `http://127.0.0.1:${controlServer.port}`,
    functions: describeFunctions(functions, routes),
  };
  return { ready, control, stop, stopped };
};

/**
 * Starts a local Functions host for an app's built output.
 *
 * @param load How the app is loaded; tests look over its shoulder.
 * @throws Error in one sentence when it cannot start; nothing stays open then.
 */
export const startHost = async (
  options: HostOptions,
  load: LoadWorker = loadWorker,
): Promise<RunningHost> => {
  const cleanup = createCleanup();
  try {
    const ground = await openGround(options, cleanup);
    const { app, log, clock, settings } = ground;
    const workers = options.workers ?? workerCount(settings);
    const worker = await load({ app, log: workerLog(log), logLevel: log.level, clock, workers });
    return assemble(options, ground, worker, cleanup);
  } catch (error) {
    await cleanup.run();
    throw error;
  }
};
