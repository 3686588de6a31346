import type { FunctionMetadata, InvocationRequest, ParameterBinding, TypedData } from './coreTypes.ts';

/** The app's function as the programming model registered it. */
export type FunctionCallback = (...args: unknown[]) => unknown;

export interface RegisteredFunction {
  readonly metadata: FunctionMetadata;
  readonly callback: FunctionCallback;
}

export type HookName = 'preInvocation' | 'postInvocation' | 'appStart' | 'appTerminate';
export type Hook = (context: object) => unknown;

/** What one invocation offers to the programming model. */
export interface CoreInvocationContext {
  readonly invocationId: string;
  readonly request: InvocationRequest;
  readonly metadata: FunctionMetadata;
  state: string | undefined;
  log(level: string, category: string, message: string): void;
}

/** What `@azure/functions` gives back for one invocation. */
export interface InvocationModel {
  getArguments(): Promise<{ context: object; inputs: unknown[] }>;
  invokeFunction(context: object, inputs: unknown[], callback: FunctionCallback): Promise<unknown>;
  getResponse(
    context: object,
    result: unknown,
  ): Promise<{ returnValue?: TypedData | null; outputData?: ParameterBinding[] | null }>;
}

export interface ProgrammingModel {
  readonly name: string;
  readonly version: string;
  getInvocationModel(context: CoreInvocationContext): InvocationModel | Promise<InvocationModel>;
  getCapabilities?(capabilities: Record<string, string>): Promise<Record<string, string>>;
}

/** All that an app has registered while it was loaded. */
export interface Registry {
  readonly functions: Map<string, RegisteredFunction>;
  readonly hooks: Record<HookName, Hook[]>;
  /** Handed to every hook, for the life of the app. */
  readonly appHookData: object;
  /** Handed to app-level hooks only. */
  readonly appOnlyHookData: object;
  model: ProgrammingModel | undefined;
  /** After start-up nothing can be registered any more. */
  locked: boolean;
}

export const emptyRegistry = (): Registry => ({
  functions: new Map(),
  hooks: { preInvocation: [], postInvocation: [], appStart: [], appTerminate: [] },
  appHookData: {},
  appOnlyHookData: {},
  model: undefined,
  locked: false,
});

/** Runs hooks one after the other; the first that throws stops the rest. */
export const runHooks = async (hooks: readonly Hook[], context: object): Promise<void> => {
  for (const hook of hooks) await hook(context);
};

const isHookName = (registry: Registry, name: string): name is HookName => name in registry.hooks;

/** The hooks of a name; the worker refuses names it does not know. */
export const hooksOf = (registry: Registry, name: string): Hook[] => {
  if (!isHookName(registry, name)) throw new RangeError(`Unrecognized hook "${name}"`);
  return registry.hooks[name];
};
