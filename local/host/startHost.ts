import type { HostControl } from './control.ts';
import { createControlHandler } from './controlServer.ts';
import { createApi } from './durable/api/api.ts';
import type { EngineDeps } from './durable/engine/deps.ts';
import { createCleanup, openGround, type Cleanup, type Ground } from './ground.ts';
import { createHostControl } from './hostControl.ts';
import { createHostHandler, createRpcHandler, rpcBaseUrl } from './http/hostHandler.ts';
import { buildRoutes, shadowedRoutes, type Route } from './http/routes.ts';
import { workerLog } from './log.ts';
import type { HostOptions, Ready } from './options.ts';
import { createDeps, createTriggers, linksOf, originOf, rpcHostOf, type Triggers } from './triggers.ts';
import type { FunctionsWorker } from './worker/app.ts';
import { loadWorker, workerCount, type LoadWorker } from './worker/loadWorker.ts';
import type { FunctionTable } from './worker/functions.ts';

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

/** Lets requests in at the three addresses. */
const openDoors = (
  ground: Ground,
  deps: EngineDeps,
  { engine, timers, app }: Triggers,
  control: HostControl,
): void => {
  const { config, keys, log } = ground;
  const api = createApi({ ...deps, engine, links: linksOf(ground), starting: new Set() });
  const hostId = config.durable.hubName.toLowerCase();
  const admin = { functions: deps.functions, hostId, fire: timers.fire };
  ground.main.setHandler(createHostHandler({ app, api, admin, keys, origin: originOf(ground), log }));
  ground.rpc.setHandler(createRpcHandler(api, rpcHostOf(ground), log));
  ground.control.setHandler(createControlHandler(control));
};

const readyOf = (ground: Ground, functions: FunctionTable, routes: readonly Route[]): Ready => ({
  baseUrl: `http://127.0.0.1:${ground.main.port}`,
  functionKey: ground.keys.functions[0] ?? '',
  masterKey: ground.keys.master,
  systemKey: ground.keys.system,
  rpcBaseUrl: rpcBaseUrl(rpcHostOf(ground)),
  controlUrl: `http://127.0.0.1:${ground.control.port}`,
  functions: describeFunctions(functions, routes),
});

/** Puts the host together on its ground and sets it going. */
const assemble = (
  options: HostOptions,
  ground: Ground,
  worker: FunctionsWorker,
  cleanup: Cleanup,
): RunningHost => {
  cleanup.add(() => worker.stop());
  const deps = createDeps(options, ground, worker);
  const routes = buildRoutes(deps.functions.http, ground.config.routePrefix);
  warnOfShadows(ground, routes);
  const triggers = createTriggers(ground, deps, routes, options.skipTime === true);
  const { engine, timers, skipper } = triggers;
  const { stop, stopped } = stopOnce(async () => {
    timers.stop();
    await engine.stop(DRAIN_MS);
    await cleanup.run();
  });
  const control = createHostControl({ ...deps, worker, skipper, stop });
  openDoors(ground, deps, triggers, control);
  engine.resume();
  timers.start();
  skipper.check();
  return { ready: readyOf(ground, deps.functions, routes), control, stop, stopped };
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
