import { callControl, controlPathOf } from '../control/callControl.ts';
import type { QueueCounts } from './broker/queueCounts.ts';
import type { QueueOptions } from './broker/queueSettings.ts';
import type { ControlAnswers } from './control/controlProtocol.ts';
import type { FaultHit } from './faults/faultEngine.ts';
import type { FaultRule } from './faults/faultRule.ts';

/** A bus in another process. Every call throws an Error with the program's own words when it is refused. */
export interface BusControl {
  queues(): Promise<readonly QueueCounts[]>;
  /** @throws Error when there is no such queue. */
  queue(name: string): Promise<QueueCounts>;
  putQueue(queue: QueueOptions): Promise<void>;
  deleteQueue(name: string): Promise<void>;
  faults(): Promise<readonly FaultRule[]>;
  /** Puts these rules in the place of all others and empties the list of hits. */
  putFaults(rules: readonly FaultRule[]): Promise<void>;
  clearFaults(): Promise<void>;
  hits(): Promise<readonly FaultHit[]>;
  /** From now on connections are refused; those there are have been cut. */
  stopListening(): Promise<void>;
  listen(): Promise<void>;
  /** Puts the clock of the broker forward; tokens go by the machine's clock. */
  advanceClock(byMs: number): Promise<void>;
}

/** `controlUrl` is what the program says when it is ready. */
export const controlBus = (controlUrl: string): BusControl => {
  const get = async <Name extends keyof ControlAnswers>(name: Name): Promise<ControlAnswers[Name]> =>
    (await (await callControl(controlUrl, 'GET', name)).json()) as ControlAnswers[Name];
  const tell = async (method: string, path: string, body?: unknown): Promise<void> => {
    await callControl(controlUrl, method, path, body);
  };
  const pathOf = (name: string): string => `queues/${controlPathOf(name)}`;
  return {
    queues: () => get('queues'),
    queue: async (name) => {
      const queues = await get('queues');
      const found = queues.find((queue) => queue.name.toLowerCase() === name.toLowerCase());
      if (found === undefined) throw new Error(`There is no queue '${name}'.`);
      return found;
    },
    putQueue: ({ name, ...settings }) => tell('PUT', pathOf(name), settings),
    deleteQueue: (name) => tell('DELETE', pathOf(name)),
    faults: () => get('faults'),
    putFaults: (rules) => tell('PUT', 'faults', rules),
    clearFaults: () => tell('DELETE', 'faults'),
    hits: () => get('hits'),
    stopListening: () => tell('POST', 'stop-listening'),
    listen: () => tell('POST', 'listen'),
    advanceClock: (ms) => tell('POST', 'advance-clock', { ms }),
  };
};
