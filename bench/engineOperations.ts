/**
 * Storage requests of the Durable engine itself, counted on the real one: DurableTask.Core 3.9.0 with
 * DurableTask.AzureStorage 2.9.1 (four partitions, settings as the Durable extension makes them for Node) over Azurite,
 * with a counting proxy in between; orchestrations with the same actions as the two apps, one instance at a time, three
 * repeats without any difference. Polling and leases are not in it. A retry costs the same whether it begins a new execution
 * (continue as new runs within the same work item) or not.
 */
export interface EngineOperations {
  /** Of an instance without a retry: messages put, got and deleted, history and status written and read. */
  readonly perInstance: number;
  /** Of each retry: two episodes, one activity, one timer. */
  readonly perRetry: number;
}

export const engineOperations: Readonly<Record<'bridge' | 'plain-durable', EngineOperations>> = {
  bridge: { perInstance: 18, perRetry: 15 },
  'plain-durable': { perInstance: 36, perRetry: 15 },
};
