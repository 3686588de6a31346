import Module from 'node:module';
import type { FunctionMetadata, LogLevel, WorkerLog } from './coreTypes.ts';
import {
  hooksOf,
  type FunctionCallback,
  type Hook,
  type ProgrammingModel,
  type Registry,
} from './registry.ts';

/** The version of the Node worker whose module this stands for; packages read it to know what they may use. */
const WORKER_VERSION = '3.12.0';
const HOST_VERSION = '4.1048.200.0';

const CORE_MODULE = '@azure/functions-core';

/** Disposable as the core module exports it: `@azure/functions` constructs and disposes it. */
class Disposable {
  readonly #callOnDispose: () => unknown;
  constructor(callOnDispose: () => unknown) {
    this.#callOnDispose = callOnDispose;
  }
  static from(...items: readonly { dispose: () => unknown }[]): Disposable {
    return new Disposable(() => items.forEach((item) => item.dispose()));
  }
  dispose(): unknown {
    return this.#callOnDispose();
  }
}

const register = (registry: Registry, metadata: FunctionMetadata, callback: FunctionCallback): Disposable => {
  if (registry.locked) throw new Error('A function can only be registered during app startup.');
  const functionId = (metadata as { functionId?: string }).functionId ?? metadata.name;
  if (registry.functions.has(functionId)) {
    throw new Error(`A function with id "${functionId}" has already been registered.`);
  }
  registry.functions.set(functionId, { metadata: { ...metadata, functionId }, callback });
  return new Disposable(() => {
    if (registry.locked) throw new Error('A function can only be disposed during app startup.');
    registry.functions.delete(functionId);
  });
};

const addHook = (registry: Registry, name: string, hook: Hook): Disposable => {
  const hooks = hooksOf(registry, name);
  hooks.push(hook);
  return new Disposable(() => {
    const index = hooks.indexOf(hook);
    if (index >= 0) hooks.splice(index, 1);
  });
};

/**
 * What `require('@azure/functions-core')` gives inside an app. The package asks for it once and remembers it, so
 * `registry` and `log` are looked up at each use.
 */
const coreModule = (registry: () => Registry, log: () => WorkerLog): object => ({
  version: WORKER_VERSION,
  get hostVersion() {
    return HOST_VERSION;
  },
  registerHook: (name: string, hook: Hook) => addHook(registry(), name, hook),
  setProgrammingModel: (model: ProgrammingModel) => {
    registry().model = model;
  },
  getProgrammingModel: () => registry().model,
  log: (level: LogLevel, category: string, message: string) => log()(level, category, message),
  registerFunction: (metadata: FunctionMetadata, callback: FunctionCallback) =>
    register(registry(), metadata, callback),
  Disposable,
});

/**
 * Answers `require('@azure/functions-core')` in this process, as the Node worker does, by a proxy in front of
 * `Module.prototype.require`. Must be in place before the app first touches `app.*`: the package otherwise goes to
 * its test mode for good.
 */
export const installCoreModule = (registry: () => Registry, log: () => WorkerLog): void => {
  const core = coreModule(registry, log);
  const target = Module.prototype as { require: (id: string) => unknown };
  target.require = new Proxy(target.require, {
    apply: (original, self, args: [string]): unknown =>
      args[0] === CORE_MODULE ? core : Reflect.apply(original, self, args),
  });
};
