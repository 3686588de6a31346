import type { FunctionMetadata, InvocationRequest, InvocationResult, WorkerLog } from './coreTypes.ts';
import {
  runHooks,
  type CoreInvocationContext,
  type FunctionCallback,
  type InvocationModel,
  type RegisteredFunction,
  type Registry,
} from './registry.ts';

/** The object hooks see: what a hook may not replace is an accessor without an effect on the invocation. */
const hookContext = (registry: Registry, hookData: object, invocationContext: object): object => ({
  get hookData() {
    return hookData;
  },
  set hookData(_value: unknown) {
    throw new TypeError("Cannot assign to read only property 'hookData'");
  },
  get appHookData() {
    return registry.appHookData;
  },
  set appHookData(_value: unknown) {
    throw new TypeError("Cannot assign to read only property 'appHookData'");
  },
  get invocationContext() {
    return invocationContext;
  },
  set invocationContext(_value: unknown) {
    throw new TypeError("Cannot assign to read only property 'invocationContext'");
  },
});

/** Adds plain members to an object that has accessors, which a spread would read and lose. */
const extend = <Extra extends object>(base: object, extra: Extra): Extra => Object.assign(base, extra);

interface Prepared {
  readonly context: object;
  readonly inputs: unknown[];
  readonly callback: FunctionCallback;
}

/** `preInvocation` hooks may swap the inputs and the callback. */
const beforeInvocation = async (
  registry: Registry,
  hookData: object,
  prepared: Prepared,
): Promise<Prepared> => {
  const { preInvocation } = registry.hooks;
  if (preInvocation.length === 0) return prepared;
  const { context, inputs, callback } = prepared;
  const seen = extend(hookContext(registry, hookData, context), { functionCallback: callback, inputs });
  await runHooks(preInvocation, seen);
  return { context, inputs: seen.inputs, callback: seen.functionCallback };
};

interface Outcome {
  result: unknown;
  error: unknown;
}

/** `postInvocation` hooks see result and error and may replace both. */
const afterInvocation = async (
  registry: Registry,
  hookData: object,
  { context, inputs }: Prepared,
  outcome: Outcome,
): Promise<Outcome> => {
  const { postInvocation } = registry.hooks;
  if (postInvocation.length === 0) return outcome;
  const seen = extend(hookContext(registry, hookData, context), { inputs, ...outcome });
  await runHooks(postInvocation, seen);
  return seen;
};

const callFunction = async (
  model: InvocationModel,
  { context, inputs, callback }: Prepared,
): Promise<Outcome> => {
  try {
    return { result: await model.invokeFunction(context, inputs, callback), error: null };
  } catch (error) {
    return { result: null, error };
  }
};

const coreContext = (
  request: InvocationRequest,
  metadata: FunctionMetadata,
  log: WorkerLog,
): CoreInvocationContext => ({
  invocationId: request.invocationId,
  request,
  metadata,
  state: undefined,
  log: (level, category, message) => log(level as Parameters<WorkerLog>[0], category, message, metadata.name),
});

/** What a thrown value is called: anything can be thrown, and the worker makes an Error of it. */
const failure = (thrown: unknown): InvocationResult => {
  if (thrown instanceof Error) return { ok: false, message: thrown.message, stack: thrown.stack ?? '' };
  if (thrown === undefined || thrown === null) return { ok: false, message: 'Unknown error', stack: '' };
  const message = typeof thrown === 'string' ? thrown : JSON.stringify(thrown);
  return { ok: false, message, stack: '' };
};

const run = async (
  registry: Registry,
  { metadata, callback }: RegisteredFunction,
  request: InvocationRequest,
  log: WorkerLog,
): Promise<InvocationResult> => {
  if (registry.model === undefined) throw new Error('The app has set no programming model.');
  const core = coreContext(request, metadata, log);
  const model = await registry.model.getInvocationModel(core);
  const { context, inputs } = await model.getArguments();
  const hookData = {};
  core.state = 'preInvocationHooks';
  const prepared = await beforeInvocation(registry, hookData, { context, inputs, callback });
  core.state = 'invocation';
  const called = await callFunction(model, prepared);
  core.state = 'postInvocationHooks';
  const outcome = await afterInvocation(registry, hookData, prepared, called);
  core.state = undefined;
  if (outcome.error !== null && outcome.error !== undefined) return failure(outcome.error);
  const { returnValue, outputData } = await model.getResponse(context, outcome.result);
  return { ok: true, returnValue: returnValue ?? null, outputData: outputData ?? [] };
};

/**
 * Runs one invocation in the order of the Node worker: arguments, `preInvocation` hooks, function, `postInvocation`
 * hooks, answer. Never throws: a failure is part of the result.
 */
export const invoke = async (
  registry: Registry,
  request: InvocationRequest,
  log: WorkerLog,
): Promise<InvocationResult> => {
  const found = registry.functions.get(request.functionId);
  const missing = `Function code for '${request.functionId}' is not loaded and cannot be invoked.`;
  if (found === undefined) return { ok: false, message: missing, stack: '' };
  try {
    return await run(registry, found, request, log);
  } catch (error) {
    return failure(error);
  }
};
