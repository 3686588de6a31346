import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { repositoryRoot } from '../../local/process/programs.ts';

/** A table as the app has it, as far as it is measured. */
export interface Table {
  request<Result>(what: string, call: (client: TransactionClient) => Promise<Result>): Promise<Result>;
}

interface TransactionClient {
  submitTransaction(actions: readonly ['create', Readonly<Record<string, unknown>>][]): Promise<unknown>;
}

interface Job {
  readonly id: string;
}

/** The app's own code, as built: benchmarks know it as nothing else. */
export interface Bridge {
  openTable(settings: {
    readonly connectionString: string;
    readonly tableName: string;
    readonly deadlineMs: number;
    readonly elapsedMs: () => number;
  }): Table;
  tableJobStore(table: Table): { list(query: Readonly<Record<string, unknown>>): Promise<unknown> };
  endpointStatistics(table: Table): unknown;
  endpointStates(table: Table): unknown;
  summarize(deps: Readonly<Record<string, unknown>>): Promise<{ readonly complete: boolean }>;
  readNotification(received: {
    readonly endpoint: string;
    readonly header: (name: string) => string | null;
    readonly body: Uint8Array;
  }): unknown;
  newJob(notification: unknown, now: Date): Job;
  columnsOfNewJob(job: Job): Readonly<Record<string, unknown>>;
  columnsOfEntry(job: Job): Readonly<Record<string, unknown>>;
  partitionKeyOf(id: string): string;
}

const modules = [
  'azure/tables/tableAccess',
  'azure/tables/tableJobStore',
  'azure/tables/endpointStatistics',
  'azure/tables/endpointStates',
  'azure/tables/rowOfJob',
  'azure/tables/jobRow',
  'group/summary',
  'notification/readNotification',
  'job/newJob',
];

export const loadBridge = async (): Promise<Bridge> => {
  const parts = await Promise.all(
    modules.map(
      (name) =>
        import(pathToFileURL(join(repositoryRoot, 'dist/shared', `${name}.js`)).href) as Promise<object>,
    ),
  );
  return Object.assign({}, ...parts) as Bridge;
};
