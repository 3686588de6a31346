import { TableClient } from '@azure/data-tables';
import { StoreError } from '../../job/storeError.ts';
import { deadlines, type ElapsedMs } from './deadline.ts';
import { guardingPolicies } from './guardedDelete.ts';

export interface TableSettings {
  readonly connectionString: string;
  readonly tableName: string;
  /** Longest wait for one request, the client's own repetitions included. */
  readonly deadlineMs: number;
  readonly elapsedMs: ElapsedMs;
}

/** One table, with bounded waits and errors in the store's own terms. */
export interface TableAccess {
  /**
   * Runs one request (or one page of a query).
   *
   * Resolves to the HTTP status when the service answered with one of `expected`; creates the table and tries once
   * more when it does not exist.
   *
   * @throws StoreError for any other failure, naming `what`.
   */
  request<Result, Status extends number = never>(
    what: string,
    call: (client: TableClient, signal: AbortSignal) => Promise<Result>,
    expected?: readonly Status[],
  ): Promise<Result | Status>;
  /** For work of several requests that must end in time. */
  readonly elapsedMs: ElapsedMs;
}

/** Few and quick: whoever called can repeat, and the workflow's own waits are longer. */
const retryOptions = { maxRetries: 2, retryDelayInMs: 100, maxRetryDelayInMs: 1000 };

/** The places where the client puts the service's code and words, by kind of request. */
interface ServiceError {
  readonly statusCode?: unknown;
  readonly code?: unknown;
  readonly message?: unknown;
  readonly details?: {
    readonly errorCode?: unknown;
    readonly odataError?: { readonly code?: unknown; readonly message?: { readonly value?: unknown } };
  };
}

const asServiceError = (error: unknown): ServiceError =>
  typeof error === 'object' && error !== null ? error : {};

const isTableMissing = (error: unknown): boolean => {
  const { code, details } = asServiceError(error);
  return [code, details?.errorCode, details?.odataError?.code].includes('TableNotFound');
};

const explain = (what: string, error: unknown): StoreError => {
  const { message, details } = asServiceError(error);
  const words = [details?.odataError?.message?.value, message].find((each) => typeof each === 'string');
  return new StoreError(`${what} failed: ${(words ?? String(error)).split('\n', 1)[0] ?? ''}`, {
    cause: error,
  });
};

/** Makes the client for a table; nothing is sent yet. */
export const openTable = (settings: TableSettings): TableAccess => {
  const { connectionString, tableName, deadlineMs, elapsedMs } = settings;
  const client = TableClient.fromConnectionString(connectionString, tableName, {
    retryOptions,
    // The storage emulator speaks plain HTTP; a real account's connection string says https and stays with it.
    allowInsecureConnection: true,
    additionalPolicies: guardingPolicies,
  });
  const deadline = deadlines(deadlineMs, elapsedMs);
  const run = async <Result, Status extends number>(
    call: (client: TableClient, signal: AbortSignal) => Promise<Result>,
    expected: readonly Status[],
  ): Promise<Result | Status> => {
    try {
      return await call(client, deadline());
    } catch (error) {
      const status = expected.find((each) => each === asServiceError(error).statusCode);
      if (status === undefined || isTableMissing(error)) throw error;
      return status;
    }
  };
  return {
    elapsedMs,
    request: async (what, call, expected = []) => {
      try {
        return await run(call, expected).catch(async (error: unknown) => {
          if (!isTableMissing(error)) throw error;
          await client.createTable({ abortSignal: deadline() });
          return await run(call, expected);
        });
      } catch (error) {
        throw explain(what, error);
      }
    },
  };
};
