import { randomUUID } from 'node:crypto';
import type { FunctionsWorker } from './app.ts';
import type {
  InvocationRequest,
  InvocationResult,
  ParameterBinding,
  TraceContext,
  TypedData,
} from './coreTypes.ts';
import type { HostedFunction } from './functions.ts';

/** Calls a function with its trigger's value; the values of other input bindings are added here. */
export type Dispatch = (
  hosted: HostedFunction,
  trigger: TypedData,
  triggerMetadata?: Record<string, TypedData>,
  traceParent?: string,
) => Promise<InvocationResult>;

export interface DispatchOptions {
  readonly worker: FunctionsWorker;
  /** The value of a durable client binding, JSON text. */
  readonly clientBinding: () => string;
  /** Longest run of a function in milliseconds, undefined for no limit. */
  readonly timeoutMs: number | undefined;
}

const hexId = (length: 16 | 32): string => randomUUID().replaceAll('-', '').slice(0, length);

/** W3C trace context: the caller's when it sent one, else the start of a new trace. */
const traceContext = (traceParent: string | undefined): TraceContext => ({
  traceParent: traceParent ?? `00-${hexId(32)}-${hexId(16)}-00`,
  traceState: '',
  attributes: {},
});

const inputsOf = (
  hosted: HostedFunction,
  trigger: TypedData,
  clientBinding: () => string,
): ParameterBinding[] => {
  const inputs: ParameterBinding[] = [{ name: hosted.triggerName, data: trigger }];
  for (const name of hosted.clientNames) inputs.push({ name, data: { string: clientBinding() } });
  return inputs;
};

const timeoutText = (ms: number, name: string): string => {
  const time = new Date(ms).toISOString().slice(11, 19);
  return `Timeout value of ${time} was exceeded by function: Functions.${name}`;
};

/**
 * A function that runs too long has failed. Its worker process is killed with it; when the app is loaded in the host's own
 * process, the function goes on and its result is dropped.
 */
const withTimeout = (
  worker: FunctionsWorker,
  request: InvocationRequest,
  ms: number,
  name: string,
): Promise<InvocationResult> => {
  let timer: NodeJS.Timeout | undefined;
  const timedOut = new Promise<InvocationResult>((resolve) => {
    timer = setTimeout(() => {
      resolve({ ok: false, timedOut: true, message: timeoutText(ms, name), stack: '' });
      worker.abandon(request.invocationId);
    }, ms);
    timer.unref();
  });
  return Promise.race([worker.invoke(request), timedOut]).finally(() => clearTimeout(timer));
};

/** The one way from the host to the app's functions. */
export const createDispatch = ({ worker, clientBinding, timeoutMs }: DispatchOptions): Dispatch => {
  return (hosted, trigger, triggerMetadata, traceParent) => {
    const request: InvocationRequest = {
      invocationId: randomUUID(),
      functionId: hosted.functionId,
      inputData: inputsOf(hosted, trigger, clientBinding),
      traceContext: traceContext(traceParent),
      ...(triggerMetadata === undefined ? {} : { triggerMetadata }),
    };
    return timeoutMs === undefined
      ? worker.invoke(request)
      : withTimeout(worker, request, timeoutMs, hosted.name);
  };
};
