import { callControl, controlPathOf } from '../control/callControl.ts';
import type { ControlAnswers } from './control/controlProtocol.ts';
import type { FaultHit } from './faults/faultEngine.ts';
import type { FaultRule } from './faults/faultRule.ts';
import type { RelaySettings } from './relayOptions.ts';
import type { RelayCounts } from './startRelay.ts';

/** A relay namespace in another process. Every call throws an Error with the program's own words when it is refused. */
export interface RelayControl {
  relays(): Promise<readonly RelayCounts[]>;
  /** @throws Error when there is no such relay. */
  relay(name: string): Promise<RelayCounts>;
  putRelay(relay: RelaySettings): Promise<void>;
  deleteRelay(name: string): Promise<void>;
  faults(): Promise<readonly FaultRule[]>;
  /** Puts these rules in the place of all others and empties the list of hits. */
  putFaults(rules: readonly FaultRule[]): Promise<void>;
  clearFaults(): Promise<void>;
  hits(): Promise<readonly FaultHit[]>;
  /** From now on connections are refused; those there are have been cut. */
  stopListening(): Promise<void>;
  listen(): Promise<void>;
}

/** `controlUrl` is what the program says when it is ready. */
export const controlRelay = (controlUrl: string): RelayControl => {
  const get = async <Name extends keyof ControlAnswers>(name: Name): Promise<ControlAnswers[Name]> =>
    (await (await callControl(controlUrl, 'GET', name)).json()) as ControlAnswers[Name];
  const tell = async (method: string, path: string, body?: unknown): Promise<void> => {
    await callControl(controlUrl, method, path, body);
  };
  const pathOf = (name: string): string => `relays/${controlPathOf(name)}`;
  return {
    relays: () => get('relays'),
    relay: async (name) => {
      const relays = await get('relays');
      const found = relays.find((relay) => relay.name.toLowerCase() === name.toLowerCase());
      if (found === undefined) throw new Error(`There is no relay '${name}'.`);
      return found;
    },
    putRelay: ({ name, ...settings }) => tell('PUT', pathOf(name), settings),
    deleteRelay: (name) => tell('DELETE', pathOf(name)),
    faults: () => get('faults'),
    putFaults: (rules) => tell('PUT', 'faults', rules),
    clearFaults: () => tell('DELETE', 'faults'),
    hits: () => get('hits'),
    stopListening: () => tell('POST', 'stop-listening'),
    listen: () => tell('POST', 'listen'),
  };
};
