import type { Grants } from '../auth/grants.ts';
import { nodeOf, type Node } from '../broker/address.ts';
import type { Entity } from '../broker/entity.ts';
import { isRefusal, noReceivingFromTopics, notAllowed, type Refusal } from '../broker/refusal.ts';
import { createManagementNode } from '../management/managementNode.ts';
import { admit, pathOfNode, type ClientRole, type QueueNode } from './admission.ts';
import { cbsEntity } from '../faults/faultEngine.ts';
import type { BusServices } from './busServices.ts';
import { createCbsNode } from './cbsNode.ts';
import { errorOf, type RheaLink } from './disrupt.ts';
import { inBackground } from './inBackground.ts';
import { receiveFrom } from './incomingLink.ts';
import type { LiveLinks } from './liveLinks.ts';
import { holdBack } from './openConnection.ts';
import { sendTo } from './outgoingLink.ts';
import { receiveRequests, type ReplyLinks } from './requestLinks.ts';
import type { RheaReceiver, RheaSender } from './rhea.ts';
import { withFaults } from './withFaults.ts';

/** What attaching needs to know of its connection. */
export interface AttachContext {
  readonly services: BusServices;
  readonly grants: Grants;
  readonly replies: ReplyLinks;
  readonly links: LiveLinks;
}

/** How an attach ends: what serves the link, or why it is refused. */
type Attached = (() => void) | Refusal;

const nothing = (): void => undefined;

/** The name under which clients ask for a session; queues without sessions refuse it. */
const sessionFilter = 'com.microsoft:session-filter';

/** A refused attach is answered without terminus and closed at once (AMQP 1.0 part 2, "Establishing a link"). */
const refuse = (link: RheaLink, refusal: Refusal): void => {
  link.open();
  link.close(refusal);
};

const welcome = (link: RheaLink): void => {
  const { attach } = link.local;
  link.set_source({ address: link.source?.address ?? undefined });
  link.set_target({ address: link.target?.address ?? undefined });
  if (link.snd_settle_mode !== undefined) attach.snd_settle_mode = link.snd_settle_mode;
  if (link.rcv_settle_mode !== undefined) attach.rcv_settle_mode = link.rcv_settle_mode;
  link.open();
};

/**
 * Holds an attach back until it is decided, since rhea would open the link by itself, and lets faults strike.
 *
 * @param decide looks the node up and prepares the service; the service starts when the link is open.
 */
const attach = (
  { services }: AttachContext,
  link: RheaLink,
  role: ClientRole,
  node: Node | undefined,
  decide: () => Attached,
): void => {
  holdBack(link);
  const decided = withFaults<Attached>(services, {
    point: { where: 'attach', role, entity: node?.kind === 'cbs' ? cbsEntity : node?.queue },
    link,
    carryOut: async () => decide(),
    isDone: () => false,
    answerOf: (fault) => {
      if (fault.what === 'refuse') return errorOf(fault);
      return fault.what === 'noCredit' ? nothing : undefined;
    },
  });
  const answered = decided.then((attached) => {
    if (attached === undefined || link.connection.socket.destroyed) return;
    if (typeof attached !== 'function') {
      refuse(link, attached);
      return;
    }
    welcome(link);
    attached();
  });
  inBackground(services.log, answered);
};

const managementNode = (context: AttachContext, node: QueueNode, entity: Entity) => {
  const { services, grants } = context;
  const path = pathOfNode(node);
  return createManagementNode({ entity, address: node, path, uri: services.uriOf(node.queue), grants });
};

/** A client wants to send: messages to a queue, or requests to `$cbs` or `$management`. */
export const attachClientSender = (context: AttachContext, receiver: RheaReceiver): void => {
  const { services, grants, replies, links } = context;
  const node = nodeOf(receiver.target?.address);
  attach(context, receiver, 'sender', node, () => {
    if (node === undefined) return notAllowed('The link names no target.');
    if (node.kind === 'cbs') {
      return () => receiveRequests(receiver, createCbsNode(services.authorizer, grants), replies, services);
    }
    const queue = admit(services, grants, node, 'sender');
    if (isRefusal(queue)) return queue;
    if (node.kind === 'queue') receiver.local.attach.max_message_size = queue.settings.maxMessageBytes;
    return () => {
      links.add({ link: receiver, node, role: 'sender', stop: nothing });
      if (node.kind === 'queue') receiveFrom(receiver, queue, services);
      else receiveRequests(receiver, managementNode(context, node, queue), replies, services);
    };
  });
};

/** A client wants to receive: messages of a queue, or the answers of `$cbs` or `$management`. */
export const attachClientReceiver = (context: AttachContext, sender: RheaSender): void => {
  const { services, grants, replies, links } = context;
  const node = nodeOf(sender.source?.address);
  const takeReplies = (): void => {
    replies.add(sender);
    sender.on('sender_close', () => replies.remove(sender));
  };
  attach(context, sender, 'receiver', node, () => {
    if (node === undefined) return notAllowed('The link names no source.');
    if (node.kind === 'cbs') return takeReplies;
    const queue = admit(services, grants, node, 'receiver');
    if (isRefusal(queue)) return queue;
    if (node.kind === 'management') return takeReplies;
    if (sessionFilter in (sender.source?.filter ?? {})) {
      return notAllowed(
        'A sessionful message receiver cannot be created on an entity that does not require sessions.',
      );
    }
    const receivable = queue.receivable?.[node.lane];
    if (receivable === undefined) return noReceivingFromTopics();
    return () => {
      const stop = sendTo({ sender, receivable, queueName: queue.settings.name, services });
      links.add({ link: sender, node, role: 'receiver', stop });
    };
  });
};
