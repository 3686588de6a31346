import { queueOfPath } from '../broker/address.ts';
import type { Broker } from '../broker/broker.ts';
import { hubAddressOf } from '../hubs/hubAddress.ts';

/** The name of the entity a path is about, as fault rules name it: of an event hub for everything below it. */
export const entityNameOf = (broker: Pick<Broker, 'hubs'>, path: string): string => {
  const name = queueOfPath(path);
  const address = hubAddressOf(name);
  const isHub = address !== undefined && broker.hubs.find(address.hub) !== undefined;
  return isHub ? address.hub : name;
};
