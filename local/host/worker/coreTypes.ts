/**
 * The shapes of `@azure/functions-core`, the module that a Functions worker supplies at run time and that is not an
 * npm package: what `@azure/functions` expects of its host. Source: azure-functions-nodejs-worker, `types-core`.
 */

/** One value on its way between host and worker; exactly one member is set, none for null. */
export interface TypedData {
  string?: string | null;
  json?: string | null;
  bytes?: Uint8Array | null;
  int?: number | null;
  double?: number | null;
  http?: RpcHttp | null;
}

/** A value that .NET may leave out. */
export interface Wrapped<Value> {
  value?: Value | null;
}

export interface RpcCookie {
  name?: string | null;
  value?: string | null;
  domain?: Wrapped<string> | null;
  path?: Wrapped<string> | null;
  expires?: { value?: { seconds?: number | null } | null } | null;
  secure?: Wrapped<boolean> | null;
  httpOnly?: Wrapped<boolean> | null;
  sameSite?: string | null;
  maxAge?: Wrapped<number> | null;
}

/** An HTTP request on its way to the worker, or an answer on its way back. */
export interface RpcHttp {
  method?: string;
  url?: string;
  nullableHeaders?: Record<string, Wrapped<string>>;
  nullableQuery?: Record<string, Wrapped<string>>;
  nullableParams?: Record<string, Wrapped<string>>;
  headers?: Record<string, string>;
  query?: Record<string, string>;
  params?: Record<string, string>;
  body?: TypedData | null;
  identities?: unknown[];
  statusCode?: string | null;
  cookies?: RpcCookie[] | null;
}

export interface ParameterBinding {
  readonly name: string;
  readonly data?: TypedData;
}

export interface TraceContext {
  readonly traceParent: string;
  readonly traceState: string;
  readonly attributes: Record<string, string>;
}

/** What the host asks a worker to run. */
export interface InvocationRequest {
  readonly invocationId: string;
  readonly functionId: string;
  readonly inputData: readonly ParameterBinding[];
  readonly triggerMetadata?: Record<string, TypedData>;
  readonly traceContext?: TraceContext;
}

/** What came of it. `failure` carries the message and stack that the worker reports to the host. */
export type InvocationResult =
  | {
      readonly ok: true;
      readonly returnValue?: TypedData | null;
      readonly outputData: readonly ParameterBinding[];
    }
  | {
      readonly ok: false;
      readonly message: string;
      readonly stack: string;
      /** The worker process died with the invocation. */
      readonly lost?: true;
      /** The function ran longer than `functionTimeout`. */
      readonly timedOut?: true;
    };

/** A binding as the app registered it; `type` and `direction` are always there, the rest depends on the type. */
export interface Binding {
  readonly type: string;
  readonly direction: 'in' | 'out' | 'inout';
  readonly [option: string]: unknown;
}

export interface FunctionMetadata {
  readonly name: string;
  readonly functionId: string;
  readonly bindings: Readonly<Record<string, Binding>>;
  readonly retryOptions?: unknown;
}

export type LogLevel = 'trace' | 'debug' | 'information' | 'warning' | 'error' | 'critical' | 'none';

/** Receives what the app and the packages log: level, who speaks (`user` or `system`), text, function if any. */
export type WorkerLog = (level: LogLevel, category: string, message: string, functionName?: string) => void;
