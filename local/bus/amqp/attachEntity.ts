import {
  isRefusal,
  noReceivingFromTopics,
  noSessionsHere,
  sessionRequired,
  type Refusal,
} from '../broker/refusal.ts';
import { createManagementNode } from '../management/managementNode.ts';
import { admit, pathOfNode, rightFor, type ClientRole, type QueueNode } from './admission.ts';
import type { Attached, AttachContext } from './attachment.ts';
import type { RheaLink } from './disrupt.ts';
import { inletOf, receiveFrom } from './incomingLink.ts';
import type { LiveLink } from './liveLinks.ts';
import { sendTo } from './outgoingLink.ts';
import { receiveRequests } from './requestLinks.ts';
import type { RheaReceiver, RheaSender } from './rhea.ts';
import { receiveSession, sessionFilter } from './sessionLink.ts';
import { takeReplies } from './takeReplies.ts';

const nothing = (): void => undefined;

const liveLink = (
  { services, grants }: AttachContext,
  link: RheaLink,
  node: QueueNode,
  role: ClientRole,
  stop: () => void,
): LiveLink => ({
  link,
  role,
  entity: node.queue,
  path: pathOfNode(node),
  right: rightFor(node, role),
  check: (): Refusal | undefined => {
    const entity = admit(services, grants, node, role);
    return isRefusal(entity) ? entity : undefined;
  },
  stop,
});

/** A client sends messages to a queue or a topic, or requests to the management node of an entity. */
export const entitySender = (context: AttachContext, receiver: RheaReceiver, node: QueueNode): Attached => {
  const { services, grants, replies, links } = context;
  const entity = admit(services, grants, node, 'sender');
  if (isRefusal(entity)) return entity;
  if (node.kind === 'queue') receiver.local.attach.max_message_size = entity.settings.maxMessageBytes;
  return {
    start: () => {
      links.add(liveLink(context, receiver, node, 'sender', nothing));
      if (node.kind === 'queue') {
        receiveFrom(receiver, inletOf(entity), services);
        return;
      }
      const path = pathOfNode(node);
      const uri = services.uriOf(node.queue);
      const management = createManagementNode({ entity, address: node, path, uri, grants });
      receiveRequests(receiver, management, replies, services);
    },
  };
};

/** A client receives messages of a queue or a subscription, or the answers of a management node. */
export const entityReceiver = (
  context: AttachContext,
  sender: RheaSender,
  node: QueueNode,
): Attached | Promise<Attached> => {
  const { services, grants, links } = context;
  const entity = admit(services, grants, node, 'receiver');
  if (isRefusal(entity)) return entity;
  if (node.kind === 'management') return takeReplies(context, sender);
  const receivable = entity.receivable?.[node.lane];
  if (receivable === undefined) return noReceivingFromTopics();
  const begin = (session?: string): (() => void) =>
    sendTo({
      ...{ sender, receivable, queueName: entity.settings.name, services },
      ...(session !== undefined && { session }),
    });
  const live = (stop: () => void): void => links.add(liveLink(context, sender, node, 'receiver', stop));
  const wantsSession = sessionFilter in (sender.source?.filter ?? {});
  if (receivable.sessions !== undefined) {
    return wantsSession
      ? receiveSession({ sender, sessions: receivable.sessions, begin, live })
      : sessionRequired();
  }
  return wantsSession ? noSessionsHere() : { start: () => live(begin()) };
};
