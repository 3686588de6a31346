import type { Hub } from '../hubs/hub.ts';
import type { Partition } from '../hubs/partition.ts';
import { messagesOf } from '../wire/batch.ts';
import { toDeliveredEvent } from '../wire/deliveredEvent.ts';
import { partitionKeyOf } from '../wire/partitionKey.ts';
import { sectionsOf } from '../wire/sections.ts';
import type { BusServices } from './busServices.ts';
import { receiveFrom } from './incomingLink.ts';
import type { RheaReceiver, RheaSender } from './rhea.ts';
import { countUnsent } from './unsent.ts';

/** The messages of a transfer. @throws Error when they are none. */
const eventsIn = (format: number, transfer: Buffer): Buffer[] => {
  const messages = messagesOf(format, transfer);
  for (const message of messages) sectionsOf(message);
  return messages;
};

/** The broker's end of a link on which a client sends events; without a partition the key decides, or their turn. */
export const receiveEvents = (
  receiver: RheaReceiver,
  hub: Hub,
  partition: Partition | undefined,
  services: BusServices,
): void =>
  receiveFrom(
    receiver,
    {
      get name() {
        return hub.settings.name;
      },
      get maxMessageBytes() {
        return hub.settings.maxMessageBytes;
      },
      store: async (format, transfer) => {
        const chosen = partition ?? hub.partitionFor(partitionKeyOf(transfer));
        await chosen?.append(eventsIn(format, transfer));
        return undefined;
      },
    },
    services,
  );

const selectorFilter = 'apache.org:selector-filter:string';

/** The selector a receiver came with; rhea leaves the described value as an object around it. */
export const selectorOf = (sender: RheaSender): string | undefined => {
  const filter = sender.source?.filter?.[selectorFilter];
  const value: unknown =
    typeof filter === 'object' && filter !== null && 'value' in filter ? filter.value : filter;
  return typeof value === 'string' ? value : undefined;
};

/**
 * The broker's end of a link on which a client reads a partition. Reading takes nothing away: deliveries are settled
 * when they are sent.
 *
 * @returns a function that ends the service.
 */
export const sendEvents = (sender: RheaSender, partition: Partition, from: number): (() => void) => {
  const unsent = countUnsent(sender);
  let next = from;
  let drainWanted = false;
  const hasRoom = (): boolean =>
    sender.is_open() &&
    !sender.connection.socket.destroyed &&
    sender.credit - unsent.count() > 0 &&
    sender.session.outgoing.available() > 0;
  const pump = (): void => {
    while (hasRoom()) {
      const event = partition.eventFrom(next);
      if (event === undefined) break;
      next = event.sequenceNumber + 1;
      const delivery = sender.send(toDeliveredEvent(event.bytes, event), undefined, 0);
      delivery.settled = true;
      unsent.add(delivery);
    }
    if (!drainWanted) return;
    drainWanted = false;
    sender.set_drained(true);
    sender.connection._register();
  };
  sender.on('sender_flow', pump);
  sender.on('sender_draining', () => {
    drainWanted = true;
    pump();
  });
  const stop = partition.onAppended(pump);
  // Credit may have come together with the attach.
  pump();
  return stop;
};
