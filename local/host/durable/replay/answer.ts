/**
 * What an orchestrator function answered for a turn. Shapes: durable-functions `OrchestratorState` and `actions/*`,
 * read by the extension's OutOfProcOrchestrationShim.
 */
export interface RetryOptions {
  readonly firstRetryIntervalInMilliseconds: number;
  readonly maxNumberOfAttempts: number;
  readonly backoffCoefficient?: number;
  readonly maxRetryIntervalInMilliseconds?: number;
  readonly retryTimeoutInMilliseconds?: number;
}

export interface DurableHttpRequest {
  readonly method: string;
  readonly uri: string;
  readonly content?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly tokenSource?: unknown;
  readonly asynchronousPatternEnabled?: boolean;
}

export const actionTypes = {
  callActivity: 0,
  callActivityWithRetry: 1,
  callSubOrchestrator: 2,
  callSubOrchestratorWithRetry: 3,
  continueAsNew: 4,
  createTimer: 5,
  waitForExternalEvent: 6,
  callEntity: 7,
  callHttp: 8,
  signalEntity: 9,
  scheduledSignalEntity: 10,
  whenAny: 11,
  whenAll: 12,
  lockEntities: 13,
  releaseEntities: 14,
} as const;

/** One entry of the action list; which members are set depends on `actionType`. */
export interface Action {
  readonly actionType: number;
  readonly functionName?: string;
  readonly input?: unknown;
  readonly instanceId?: string;
  readonly version?: string;
  readonly fireAt?: string;
  readonly isCanceled?: boolean;
  readonly externalEventName?: string;
  readonly retryOptions?: RetryOptions;
  readonly httpRequest?: DurableHttpRequest;
  readonly compoundActions?: readonly Action[];
}

export interface OrchestratorState {
  readonly isDone: boolean;
  readonly actions: readonly (readonly Action[])[];
  readonly output?: unknown;
  readonly error?: string;
  readonly customStatus?: unknown;
  readonly failureDetails?: unknown;
}

export type OrchestratorAnswer =
  /** The state, returned or (with `thrown`) carried by the error the SDK throws when user code failed. */
  | { readonly kind: 'state'; readonly state: OrchestratorState; readonly thrown: boolean }
  /** The function failed without a state: an error outside user code, a hook that threw. */
  | { readonly kind: 'crashed'; readonly message: string }
  /** No orchestrator of that name is registered. */
  | { readonly kind: 'unknown'; readonly message: string };

/** Separates the friendly message from the state in the error an orchestrator function throws. */
export const OUT_OF_PROC_DATA = '\n\n$OutOfProcData$:';
