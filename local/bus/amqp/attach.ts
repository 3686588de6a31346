import { nodeOf, type Node } from '../broker/address.ts';
import { notAllowed } from '../broker/refusal.ts';
import { cbsEntity } from '../faults/faultEngine.ts';
import { attach, type AttachContext } from './attachment.ts';
import { entityReceiver, entitySender } from './attachEntity.ts';
import { hubIn, hubReceiver, hubRequests, hubSender } from './attachHub.ts';
import type { BusServices } from './busServices.ts';
import { createCbsNode } from './cbsNode.ts';
import { entityNameOf } from './entityName.ts';
import { receiveRequests } from './requestLinks.ts';
import type { RheaReceiver, RheaSender } from './rhea.ts';
import { takeReplies } from './takeReplies.ts';

const faultEntity = ({ broker }: BusServices, node: Node | undefined): string | undefined => {
  if (node === undefined || node.kind === 'hubs') return undefined;
  return node.kind === 'cbs' ? cbsEntity : entityNameOf(broker, node.queue);
};

/** A client wants to send: messages to an entity, or requests to `$cbs` or `$management`. */
export const attachClientSender = (context: AttachContext, receiver: RheaReceiver): void => {
  const { services, grants, replies } = context;
  const node = nodeOf(receiver.target?.address);
  attach(context, {
    link: receiver,
    role: 'sender',
    entity: faultEntity(services, node),
    decide: () => {
      if (node === undefined) return notAllowed('The link names no target.');
      if (node.kind === 'cbs') {
        const cbs = createCbsNode(services, grants);
        return { start: () => receiveRequests(receiver, cbs, replies, services) };
      }
      if (node.kind === 'hubs') return hubRequests(context, receiver);
      const hub = hubIn(services, node);
      return hub === undefined
        ? entitySender(context, receiver, node)
        : hubSender(context, receiver, node, hub);
    },
  });
};

/** A client wants to receive: messages of an entity, or the answers of `$cbs` or `$management`. */
export const attachClientReceiver = (context: AttachContext, sender: RheaSender): void => {
  const { services } = context;
  const node = nodeOf(sender.source?.address);
  attach(context, {
    link: sender,
    role: 'receiver',
    entity: faultEntity(services, node),
    decide: () => {
      if (node === undefined) return notAllowed('The link names no source.');
      if (node.kind === 'cbs' || node.kind === 'hubs') return takeReplies(context, sender);
      const hub = hubIn(services, node);
      return hub === undefined
        ? entityReceiver(context, sender, node)
        : hubReceiver(context, sender, node, hub);
    },
  });
};
