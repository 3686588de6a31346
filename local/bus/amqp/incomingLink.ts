import { randomUUID } from 'node:crypto';
import type { Entity } from '../broker/entity.ts';
import { isRefusal, malformed, messageTooLarge, serverBusy, type Refusal } from '../broker/refusal.ts';
import type { Fault } from '../faults/faultRule.ts';
import { messagesOf } from '../wire/batch.ts';
import { readMessage, type IncomingMessage } from '../wire/messageParts.ts';
import type { BusServices } from './busServices.ts';
import { giveCredit } from './credit.ts';
import { errorOf } from './disrupt.ts';
import { inBackground } from './inBackground.ts';
import { realFormat } from './openConnection.ts';
import { accepted, modified, rejected, released, type RheaReceiver } from './rhea.ts';
import { withFaults } from './withFaults.ts';

/** Ids for messages that come without one, in the form .NET gives them. */
const newMessageId = (): string => randomUUID().replaceAll('-', '');

const read = (format: number, transfer: Buffer): IncomingMessage[] | Refusal => {
  try {
    return messagesOf(format, transfer).map((message) => readMessage(message, newMessageId));
  } catch (error) {
    return malformed(`The message cannot be decoded: ${(error as Error).message}`);
  }
};

/** Stores a transfer and says with which outcome it ends. */
const take = async (entity: Entity, format: number, transfer: Buffer): Promise<unknown> => {
  const { maxMessageBytes } = entity.settings;
  if (transfer.length > maxMessageBytes) return rejected(messageTooLarge(transfer.length, maxMessageBytes));
  const messages = read(format, transfer);
  if (isRefusal(messages)) return rejected(messages);
  const result = await entity.accept(messages);
  return isRefusal(result) ? rejected(result) : accepted;
};

const outcomeOf = (entity: Entity, fault: Fault): unknown => {
  switch (fault.what) {
    case 'reject':
      return rejected(errorOf(fault));
    case 'throttle':
      return rejected(serverBusy(entity.settings.name));
    case 'release':
      return released;
    case 'modify':
      return modified;
    default:
      return undefined;
  }
};

/** The broker's end of a link on which a client sends to a queue or a topic. */
export const receiveFrom = (receiver: RheaReceiver, entity: Entity, services: BusServices): void => {
  const credit = giveCredit(receiver);
  receiver.on('message', ({ delivery, message, format }) => {
    credit.arrived();
    // Copied, since the buffer belongs to whatever the socket read in one go.
    const transfer = Buffer.from(message);
    const answered = withFaults(services, {
      point: { where: 'transfer', entity: entity.settings.name },
      link: receiver,
      carryOut: () => take(entity, realFormat(format), transfer),
      isDone: (outcome) => outcome === accepted,
      answerOf: (fault) => outcomeOf(entity, fault),
    });
    const settled = answered.then((outcome) => {
      if (outcome === undefined || !receiver.is_open()) return;
      delivery.update(true, outcome);
      credit.answered();
    });
    inBackground(services.log, settled);
  });
};
