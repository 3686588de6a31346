import type { Consumer, Handout } from '../broker/consumers.ts';
import { deliver } from '../broker/delivery.ts';
import type { Receivable } from '../broker/receivable.ts';
import type { BusServices } from './busServices.ts';
import { errorOf } from './disrupt.ts';
import { createHeldDeliveries } from './heldDeliveries.ts';
import { inBackground } from './inBackground.ts';
import { turnLockToken } from './lockToken.ts';
import { settlementOf, type OutcomeName } from './outcomeSettlement.ts';
import { accepted, rejected, type RheaDelivery, type RheaSender } from './rhea.ts';
import { countUnsent } from './unsent.ts';
import { withFaults } from './withFaults.ts';

/** Sender settle mode "settled": the message is gone when it is sent (receive-and-delete). */
const settledMode = 1;
/** Below this many free places in the session's buffer, expired deliveries are forgotten. */
const scarce = 1024;

const outcomeNames: readonly OutcomeName[] = ['accepted', 'rejected', 'released', 'modified'];

export interface OutgoingOptions {
  readonly sender: RheaSender;
  readonly receivable: Receivable;
  readonly queueName: string;
  /** The session it has accepted, where there are sessions. */
  readonly session?: string;
  readonly services: BusServices;
}

/**
 * The broker's end of a link on which a client receives from a queue or its dead-letter sub-queue.
 *
 * @returns a function that ends the service. What is locked stays locked, as it does in the real service.
 */
export const sendTo = ({
  sender,
  receivable,
  queueName,
  services,
  session,
}: OutgoingOptions): (() => void) => {
  const mode = sender.snd_settle_mode === settledMode ? 'receiveAndDelete' : 'peekLock';
  const unsent = countUnsent(sender);
  const held = createHeldDeliveries();
  let promised = 0;
  let drainWanted = false;
  let isFull = false;

  /** rhea does not notice when the socket is destroyed from here. */
  const isAlive = (): boolean => sender.is_open() && !sender.connection.socket.destroyed;
  const hasRoom = (): boolean => {
    const { outgoing } = sender.session;
    if (outgoing.available() < scarce) held.forgetExpired(services.clock.now());
    isFull = outgoing.available() <= promised;
    return !isFull;
  };
  const send = ({ message, lock }: Handout): void => {
    const tag = lock === undefined ? undefined : turnLockToken(lock.token);
    const delivery = sender.send(deliver(message, lock?.untilMs), tag, 0);
    unsent.add(delivery);
    if (lock !== undefined) held.add(delivery, lock);
  };
  const drain = (): void => {
    if (!drainWanted || promised > 0) return;
    drainWanted = false;
    sender.set_drained(true);
    sender.connection._register();
  };
  const consumer: Consumer = {
    mode,
    ...(session !== undefined && { session }),
    wants: () => isAlive() && sender.credit - unsent.count() - promised > 0 && hasRoom(),
    take: (handout) => {
      if (handout.removed === undefined) {
        send(handout);
        return;
      }
      promised += 1;
      void handout.removed.then(() => {
        promised -= 1;
        if (sender.is_open()) send(handout);
        drain();
      });
    },
  };

  const settle = async (delivery: RheaDelivery, name: OutcomeName): Promise<void> => {
    const lock = held.take(delivery);
    if (lock === undefined) return;
    const outcome = await withFaults<unknown>(services, {
      point: { where: 'disposition', entity: queueName },
      link: sender,
      carryOut: async () => {
        const refusal = await receivable.settle(lock.token, settlementOf(name, delivery.remote_state));
        // Not an echo of what the client sent: it takes the reason of a dead letter in an answer for an error.
        return refusal === undefined ? accepted : rejected(refusal);
      },
      isDone: (outcome) => outcome === accepted,
      answerOf: (fault) => (fault.what === 'reject' ? rejected(errorOf(fault)) : undefined),
    });
    if (outcome === undefined || !sender.is_open()) return;
    delivery.update(true, outcome);
    // A receiver in settle mode "second" does not settle again; rhea would wait for it with a place in its buffer.
    delivery.remote_settled = true;
    if (isFull) receivable.serve(consumer);
  };

  for (const name of outcomeNames)
    sender.on(name, ({ delivery }) => inBackground(services.log, settle(delivery, name)));
  sender.on('sender_flow', () => receivable.serve(consumer));
  sender.on('sender_draining', () => {
    drainWanted = true;
    drain();
  });
  // Credit may have come together with the attach.
  receivable.serve(consumer);
  return () => receivable.dismiss(consumer);
};
