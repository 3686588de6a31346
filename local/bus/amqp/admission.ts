import type { Right } from '../../sas/accessKey.ts';
import type { Grants } from '../auth/grants.ts';
import type { Node, QueueAddress } from '../broker/address.ts';
import type { Entity } from '../broker/entity.ts';
import {
  claimMissing,
  entityDisabled,
  entityNotFound,
  noReceivingFromTopics,
  noSendingToSubscriptions,
  notAllowed,
  type Refusal,
} from '../broker/refusal.ts';
import type { BusServices } from './busServices.ts';

/** Which end of the link the client has. */
export type ClientRole = 'sender' | 'receiver';

export type QueueNode = Exclude<Node, { kind: 'cbs' | 'hubs' }>;

/** Path of a queue or its sub-queue, as grants name it. */
export const pathOfNode = ({ queue, lane }: QueueAddress): string =>
  (lane === 'main' ? queue : `${queue}/$DeadLetterQueue`).toLowerCase();

/** The right a link needs; a management link needs any. */
export const rightFor = (node: QueueNode, role: ClientRole): Right | undefined => {
  if (node.kind === 'management') return undefined;
  return role === 'sender' ? 'Send' : 'Listen';
};

const isShut = ({ settings: { status } }: Entity, role: ClientRole): boolean => {
  return status === 'Disabled' || status === (role === 'sender' ? 'SendDisabled' : 'ReceiveDisabled');
};

/** The rights are looked at first, so that nobody learns names of queues without a key. */
export const admit = (
  { broker, uriOf }: BusServices,
  grants: Grants,
  node: QueueNode,
  role: ClientRole,
): Entity | Refusal => {
  const path = pathOfNode(node);
  const uri = uriOf(node.queue);
  const right = rightFor(node, role);
  const isAllowed = right === undefined ? grants.any(path) : grants.allow(path, right);
  if (!isAllowed) return claimMissing(right ?? 'Listen', uri);
  const entity = broker.find(node.queue);
  if (entity === undefined) return entityNotFound(uri);
  if (node.kind === 'management') return entity;
  if (role === 'receiver' && entity.receivable === undefined) return noReceivingFromTopics();
  if (role === 'sender' && entity.settings.kind === 'subscription') return noSendingToSubscriptions();
  if (isShut(entity, role)) return entityDisabled(uri);
  if (node.lane === 'deadLetter' && role === 'sender') {
    return notAllowed('Messages cannot be sent to a dead-letter sub-queue.');
  }
  return entity;
};
