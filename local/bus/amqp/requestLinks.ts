import type { Fault, FaultPlace } from '../faults/faultRule.ts';
import { readRequest, type AmqpRequest } from '../wire/request.ts';
import { encodeResponse, type AmqpResponse, type ResponseNames } from '../wire/response.ts';
import type { BusServices } from './busServices.ts';
import { giveCredit } from './credit.ts';
import { errorOf } from './disrupt.ts';
import { inBackground } from './inBackground.ts';
import { accepted, type RheaReceiver, type RheaSender } from './rhea.ts';
import { withFaults } from './withFaults.ts';

/** Links of one connection on which answers go out, found by the address a request names. */
export interface ReplyLinks {
  add(sender: RheaSender): void;
  remove(sender: RheaSender): void;
  /** By the address of the client's end or the name of the link; undefined when there is none. */
  find(replyTo: string | undefined): RheaSender | undefined;
}

export const createReplyLinks = (): ReplyLinks => {
  const senders = new Set<RheaSender>();
  return {
    add: (sender) => senders.add(sender),
    remove: (sender) => senders.delete(sender),
    find: (replyTo) =>
      [...senders].find((sender) => sender.target?.address === replyTo || sender.name === replyTo),
  };
};

/** A node that answers requests. */
export interface RequestNode {
  readonly place: FaultPlace;
  /** Name of the queue a request is about. */
  entityOf(request: AmqpRequest): string | undefined;
  readonly names: ResponseNames;
  /** Undefined when the real service gives no answer. */
  answer(request: AmqpRequest): Promise<AmqpResponse | undefined>;
}

const notUnderstood = (error: unknown): AmqpResponse => ({
  status: 400,
  condition: 'com.microsoft:argument-error',
  description: `The request cannot be read: ${(error as Error).message}`,
});

const injectedAnswer = (fault: Fault): AmqpResponse | undefined => {
  if (fault.what !== 'status') return undefined;
  const { status, condition } = fault;
  const { description } = errorOf(fault);
  return condition === undefined ? { status, description } : { status, condition, description };
};

const answerTo = async (node: RequestNode, request: AmqpRequest): Promise<AmqpResponse | undefined> => {
  try {
    return await node.answer(request);
  } catch (error) {
    return notUnderstood(error);
  }
};

/** The broker's end of a link on which a client sends requests. */
export const receiveRequests = (
  receiver: RheaReceiver,
  node: RequestNode,
  replies: ReplyLinks,
  services: BusServices,
): void => {
  const credit = giveCredit(receiver);
  const respond = async (request: AmqpRequest): Promise<void> => {
    const response = await withFaults<AmqpResponse | undefined>(services, {
      point: { where: node.place, entity: node.entityOf(request) },
      link: receiver,
      carryOut: () => answerTo(node, request),
      isDone: (answer) => answer !== undefined && answer.status < 300,
      answerOf: injectedAnswer,
    });
    const sender = replies.find(request.replyTo);
    if (response === undefined || sender?.is_open() !== true) return;
    sender.send(encodeResponse(node.names, request.messageId, response), undefined, 0);
  };
  receiver.on('message', ({ delivery, message }) => {
    credit.arrived();
    delivery.update(true, accepted);
    credit.answered();
    inBackground(services.log, respond(readRequest(Buffer.from(message))));
  });
};
