import type { FunctionMetadata, InvocationRequest, InvocationResult, LogLevel } from './coreTypes.ts';

/** What a host tells a forked worker. */
export type ToWorker =
  | { readonly type: 'load'; readonly app: string; readonly logLevel: LogLevel; readonly movesClock: boolean }
  /** `offsetMs` is how far ahead of real time the host's clock is now. */
  | {
      readonly type: 'invoke';
      readonly number: number;
      readonly request: InvocationRequest;
      readonly offsetMs: number;
    }
  | { readonly type: 'cpu'; readonly number: number }
  | { readonly type: 'stop' };

/** What it says. */
export type FromWorker =
  | { readonly type: 'loaded'; readonly functions: readonly FunctionMetadata[] }
  | { readonly type: 'failed'; readonly message: string }
  | { readonly type: 'result'; readonly number: number; readonly result: InvocationResult }
  | { readonly type: 'cpu'; readonly number: number; readonly microseconds: number }
  | {
      readonly type: 'log';
      readonly level: LogLevel;
      readonly category: string;
      readonly message: string;
      readonly functionName: string | undefined;
    };
