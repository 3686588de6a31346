import { resolve } from 'node:path';
import type { FunctionMetadata, InvocationRequest, InvocationResult, WorkerLog } from './coreTypes.ts';
import { installCoreModule } from './coreModule.ts';
import { loadEntryPoints } from './entryPoints.ts';
import { invoke } from './invoke.ts';
import { emptyRegistry, runHooks, type Registry } from './registry.ts';

/** A loaded app, whoever runs it: this process, or several forked ones. */
export interface FunctionsWorker {
  readonly functions: readonly FunctionMetadata[];
  /** Never rejects: a failing function is a result. */
  invoke(request: InvocationRequest): Promise<InvocationResult>;
  /** Gives up on an invocation that took too long: the process that runs it is killed, if it is not this one. */
  abandon(invocationId: string): void;
  /** Runs `appTerminate` hooks and lets go of what the worker holds. */
  stop(): Promise<void>;
  /** Processor time of the app's own processes so far, in microseconds; 0 when the app runs in this process. */
  cpuMicroseconds(): Promise<number>;
}

/** The app that is being loaded or was loaded last: what the core module speaks to. */
const current: { registry: Registry; log: WorkerLog } = { registry: emptyRegistry(), log: () => undefined };

/** Apps loaded by this process. Node cannot unload a module, so a folder is loaded once and then shared. */
const loaded = new Map<string, Promise<Registry>>();

let installed = false;

/** Capabilities the Node worker reports; `app.setup` adds to them and is locked by the call. */
const lockSetup = async (registry: Registry): Promise<void> => {
  const capabilities = (await registry.model?.getCapabilities?.({})) ?? {};
  if ('HttpUri' in capabilities) {
    throw new Error('app.setup({ enableHttpStream: true }) is not supported by the local host.');
  }
};

const appContext = (registry: Registry, app: string): object => ({
  hookData: registry.appOnlyHookData,
  appHookData: registry.appHookData,
  functionAppDirectory: app,
});

const loadOnce = async (app: string): Promise<Registry> => {
  const registry = emptyRegistry();
  // The package announces its programming model once in a process, with the first app.
  registry.model = current.registry.model;
  current.registry = registry;
  if (!installed)
    installCoreModule(
      () => current.registry,
      () => current.log,
    );
  installed = true;
  await loadEntryPoints(app);
  await lockSetup(registry);
  await runHooks(registry.hooks.appStart, appContext(registry, app));
  registry.locked = true;
  return registry;
};

/**
 * Loads an app into this process: core module, entry points, capabilities, `appStart` hooks.
 *
 * @throws Error when the app cannot be loaded: no built files, or an entry point or hook that throws.
 */
export const loadApp = async (folder: string, log: WorkerLog): Promise<FunctionsWorker> => {
  const app = resolve(folder);
  current.log = log;
  const loading = loaded.get(app) ?? loadOnce(app);
  loaded.set(app, loading);
  const registry = await loading;
  return {
    functions: [...registry.functions.values()].map(({ metadata }) => metadata),
    invoke: (request) => invoke(registry, request, log),
    abandon: () => undefined,
    stop: () => runHooks(registry.hooks.appTerminate, appContext(registry, app)),
    cpuMicroseconds: () => Promise.resolve(0),
  };
};
