import {
  claimMissing,
  entityDisabled,
  entityNotFound,
  isRefusal,
  notAllowed,
  type Refusal,
} from '../broker/refusal.ts';
import type { Hub } from '../hubs/hub.ts';
import { hubAddressOf, type HubAddress } from '../hubs/hubAddress.ts';
import { noSuchPartition, unsupported } from '../hubs/hubRefusal.ts';
import { hubKey } from '../hubs/hubSettings.ts';
import type { Partition } from '../hubs/partition.ts';
import { readPosition } from '../hubs/position.ts';
import type { Reader } from '../hubs/readers.ts';
import { createHubManagement } from '../management/hubManagement.ts';
import { rightFor, type ClientRole, type QueueNode } from './admission.ts';
import type { Attached, AttachContext } from './attachment.ts';
import type { BusServices } from './busServices.ts';
import type { RheaLink } from './disrupt.ts';
import { receiveEvents, selectorOf, sendEvents } from './hubLinks.ts';
import type { LiveLink } from './liveLinks.ts';
import { receiveRequests } from './requestLinks.ts';
import type { RheaReceiver, RheaSender } from './rhea.ts';
import { takeReplies } from './takeReplies.ts';

/** An event hub, and what of it an address names. */
export interface HubTarget {
  readonly hub: Hub;
  readonly address: HubAddress;
}

/** Undefined when the node is not below an event hub. */
export const hubIn = ({ broker }: BusServices, { queue }: QueueNode): HubTarget | undefined => {
  const address = hubAddressOf(queue);
  const hub = address === undefined ? undefined : broker.hubs.find(address.hub);
  return address === undefined || hub === undefined ? undefined : { hub, address };
};

const ownerLevelProperty = 'com.microsoft:epoch';
const idempotentProducer = 'com.microsoft:idempotent-producer';

const admitToHub = (
  { services, grants }: AttachContext,
  node: QueueNode,
  role: ClientRole,
): HubTarget | Refusal => {
  const path = node.queue.toLowerCase();
  const uri = services.uriOf(node.queue);
  const right = rightFor(node, role);
  const isAllowed = right === undefined ? grants.any(path) : grants.allow(path, right);
  if (!isAllowed) return claimMissing(right ?? 'Listen', uri);
  const target = hubIn(services, node);
  if (target === undefined) return entityNotFound(uri);
  const { status } = target.hub.settings;
  const isShut = status === 'Disabled' || (status === 'SendDisabled' && role === 'sender');
  return isShut && node.kind === 'queue' ? entityDisabled(uri) : target;
};

const liveLink = (
  context: AttachContext,
  link: RheaLink,
  node: QueueNode,
  { hub }: HubTarget,
  role: ClientRole,
  stop: () => void,
): LiveLink => ({
  link,
  role,
  entity: hub.settings.name,
  path: node.queue.toLowerCase(),
  right: rightFor(node, role),
  check: () => {
    const target = admitToHub(context, node, role);
    return isRefusal(target) ? target : undefined;
  },
  stop,
});

const partitionNamed = ({ hub }: HubTarget, id: string): Partition | Refusal => {
  const { partitions, name } = hub.settings;
  return hub.partition(id) ?? noSuchPartition(id, partitions, name);
};

/** A client sends requests about event hubs; each is judged by the hub it names. */
export const hubRequests = (
  { services, grants, replies }: AttachContext,
  receiver: RheaReceiver,
): Attached => ({
  start: () => receiveRequests(receiver, createHubManagement(services, grants), replies, services),
});

/** A client sends events to a hub or one of its partitions, or requests to its management node. */
export const hubSender = (
  context: AttachContext,
  receiver: RheaReceiver,
  node: QueueNode,
  target: HubTarget,
): Attached => {
  const { services, links } = context;
  const { hub, address } = target;
  const admitted = admitToHub(context, node, 'sender');
  if (isRefusal(admitted)) return admitted;
  const partition = address.partition === undefined ? undefined : partitionNamed(target, address.partition);
  if (partition !== undefined && isRefusal(partition)) return partition;
  if (address.consumerGroup !== undefined) return notAllowed('Events cannot be sent to a consumer group.');
  if ([receiver.desired_capabilities ?? []].flat().includes(idempotentProducer)) {
    return unsupported('An idempotent producer', hub.settings.name);
  }
  if (node.kind === 'management') return hubRequests(context, receiver);
  receiver.local.attach.max_message_size = hub.settings.maxMessageBytes;
  return {
    start: () => {
      links.add(liveLink(context, receiver, node, target, 'sender', () => undefined));
      receiveEvents(receiver, hub, partition, services);
    },
  };
};

const whereToRead = (target: HubTarget, uri: string): Partition | Refusal => {
  const { consumerGroup, partition } = target.address;
  if (consumerGroup === undefined || partition === undefined) {
    return notAllowed('A receiver of an event hub names a consumer group and a partition.');
  }
  return target.hub.hasConsumerGroup(consumerGroup) ? partitionNamed(target, partition) : entityNotFound(uri);
};

/** A client receives the events of a partition, or the answers of a management node. */
export const hubReceiver = (
  context: AttachContext,
  sender: RheaSender,
  node: QueueNode,
  target: HubTarget,
): Attached => {
  const { services, links } = context;
  const admitted = admitToHub(context, node, 'receiver');
  if (isRefusal(admitted)) return admitted;
  if (node.kind === 'management') return takeReplies(context, sender);
  const partition = whereToRead(target, services.uriOf(node.queue));
  if (isRefusal(partition)) return partition;
  const from = partition.startOf(readPosition(selectorOf(sender)));

  const level = sender.properties?.[ownerLevelProperty];
  const readers = partition.readersOf(hubKey(target.address.consumerGroup ?? ''));
  let stop = (): void => undefined;
  const reader: Reader = {
    ownerLevel: typeof level === 'number' ? level : undefined,
    displace: (why) => {
      stop();
      sender.close(why);
    },
  };
  const refusal = readers.admit(reader);
  if (refusal !== undefined) return refusal;
  const leave = (): void => {
    stop();
    readers.remove(reader);
  };
  return {
    start: () => {
      stop = sendEvents(sender, partition, from);
      links.add(liveLink(context, sender, node, target, 'receiver', leave));
    },
    forgo: leave,
  };
};
