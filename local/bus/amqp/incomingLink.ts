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

/** What messages can be sent to. */
export interface Inlet {
  readonly name: string;
  readonly maxMessageBytes: number;
  /** Stores a transfer; all of it or nothing. @throws Error when it cannot be decoded. */
  store(format: number, transfer: Buffer): Promise<Refusal | undefined>;
}

/** @throws Error when the bytes are no messages. */
const readAll = (format: number, transfer: Buffer): IncomingMessage[] =>
  messagesOf(format, transfer).map((message) => readMessage(message, newMessageId));

/** A queue or a topic. Its settings may change while a link is there. */
export const inletOf = (entity: Entity): Inlet => ({
  get name() {
    return entity.settings.name;
  },
  get maxMessageBytes() {
    return entity.settings.maxMessageBytes;
  },
  store: async (format, transfer) => {
    const result = await entity.accept(readAll(format, transfer));
    return isRefusal(result) ? result : undefined;
  },
});

const storeIn = async (inlet: Inlet, format: number, transfer: Buffer): Promise<Refusal | undefined> => {
  try {
    return await inlet.store(format, transfer);
  } catch (error) {
    return malformed(`The message cannot be decoded: ${(error as Error).message}`);
  }
};

/** Stores a transfer and says with which outcome it ends. */
const take = async (inlet: Inlet, format: number, transfer: Buffer): Promise<unknown> => {
  const { maxMessageBytes } = inlet;
  if (transfer.length > maxMessageBytes) return rejected(messageTooLarge(transfer.length, maxMessageBytes));
  const refusal = await storeIn(inlet, format, transfer);
  return refusal === undefined ? accepted : rejected(refusal);
};

const outcomeOf = (inlet: Inlet, fault: Fault): unknown => {
  switch (fault.what) {
    case 'reject':
      return rejected(errorOf(fault));
    case 'throttle':
      return rejected(serverBusy(inlet.name));
    case 'release':
      return released;
    case 'modify':
      return modified;
    default:
      return undefined;
  }
};

/** The broker's end of a link on which a client sends. */
export const receiveFrom = (receiver: RheaReceiver, inlet: Inlet, services: BusServices): void => {
  const credit = giveCredit(receiver);
  receiver.on('message', ({ delivery, message, format }) => {
    credit.arrived();
    // Copied, since the buffer belongs to whatever the socket read in one go.
    const transfer = Buffer.from(message);
    const answered = withFaults(services, {
      point: { where: 'transfer', entity: inlet.name },
      link: receiver,
      carryOut: () => take(inlet, realFormat(format), transfer),
      isDone: (outcome) => outcome === accepted,
      answerOf: (fault) => outcomeOf(inlet, fault),
    });
    const settled = answered.then((outcome) => {
      if (outcome === undefined || !receiver.is_open()) return;
      delivery.update(true, outcome);
      credit.answered();
    });
    inBackground(services.log, settled);
  });
};
