import type { Clock } from '../clock/clock.ts';
import type { Ledger } from './ledger.ts';
import { createQueue, type Queue } from './queue.ts';
import type { QueueCounts } from './queueCounts.ts';
import { queueKey, queueSettings, type QueueOptions } from './queueSettings.ts';
import type { BrokerState } from './state.ts';

/** All queues of the namespace. */
export interface Broker {
  /** Upper and lower case are not told apart. */
  find(name: string): Queue | undefined;
  counts(): QueueCounts[];
  /** Creates a queue, or puts these settings in the place of all it has; resolves when that is stored. */
  put(options: QueueOptions): Promise<void>;
  /** Deletes a queue with all it holds; false when there is none. */
  remove(name: string): Promise<boolean>;
  /** Calls `listener` with the name of every queue that was changed or deleted. */
  onChanged(listener: (queueName: string) => void): void;
  close(): void;
}

export interface BrokerOptions {
  readonly state: BrokerState;
  readonly clock: Clock;
  readonly ledger: Ledger;
}

export const createBroker = ({ state, clock, ledger }: BrokerOptions): Broker => {
  const queues = new Map<string, Queue>();
  const listeners: ((queueName: string) => void)[] = [];
  const tell = (name: string): void => {
    for (const listener of listeners) listener(name);
  };
  const open = (key: string): void => {
    const queueState = state.get(key);
    if (queueState !== undefined) queues.set(key, createQueue({ state: queueState, clock, ledger }));
  };

  for (const key of state.keys()) open(key);
  return {
    find: (name) => queues.get(queueKey(name)),
    counts: () => [...queues.values()].map((queue) => queue.counts()),
    put: async (options) => {
      const key = queueKey(options.name);
      const stored = ledger.commit({
        kind: 'queuePut',
        settings: queueSettings(options),
        lastSequenceNumber: state.get(key)?.lastSequenceNumber ?? 0,
      });
      if (!queues.has(key)) open(key);
      queues.get(key)?.wake();
      tell(options.name);
      await stored;
    },
    remove: async (name) => {
      const key = queueKey(name);
      const queue = queues.get(key);
      if (queue === undefined) return false;
      queue.close();
      queues.delete(key);
      tell(name);
      await ledger.commit({ kind: 'queueDeleted', queue: key });
      return true;
    },
    onChanged: (listener) => void listeners.push(listener),
    close: () => {
      for (const queue of queues.values()) queue.close();
    },
  };
};
