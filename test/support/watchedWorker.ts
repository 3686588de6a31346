import type { LoadWorker } from '../../local/host/worker/loadWorker.ts';
import { loadApp } from '../../local/host/worker/app.ts';
import type { InvocationRequest, InvocationResult } from '../../local/host/worker/coreTypes.ts';

/** One call of a function, as the host made it. */
export interface SeenInvocation {
  readonly function: string;
  readonly request: InvocationRequest;
  readonly result: InvocationResult;
}

export interface WatchedWorker {
  readonly load: LoadWorker;
  readonly seen: SeenInvocation[];
}

/** Loads an app into this process and keeps what the host asks of it and what it answers. */
export const watchedWorker = (): WatchedWorker => {
  const seen: SeenInvocation[] = [];
  const load: LoadWorker = async ({ app, log }) => {
    const worker = await loadApp(app, log);
    return {
      ...worker,
      invoke: async (request) => {
        const result = await worker.invoke(request);
        seen.push({ function: request.functionId, request, result });
        return result;
      },
    };
  };
  return { load, seen };
};
