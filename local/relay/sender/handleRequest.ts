import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Fault } from '../faults/faultRule.ts';
import { suffer } from '../faults/suffer.ts';
import type { RelayServices } from '../services.ts';
import { admit, noListener, type Admitted } from './admit.ts';
import { giveOutcome, refuse } from './answer.ts';
import { exchangeFor } from './exchangeFor.ts';
import { forward } from './forward.ts';
import { readIncoming, type Incoming } from './incoming.ts';
import type { SenderConnections } from './senderConnection.ts';

/** Does to a request what a fault says; true when it goes on. */
const survives = ({ request, response }: Incoming, fault: Fault | undefined): Promise<boolean> =>
  suffer(fault, {
    socket: request.socket,
    answer: (status, description, headers) => refuse(response, { status, description }, headers),
  });

/** From an allowed request to the answer of a listener. */
const relay = async (
  incoming: Incoming,
  { entity, strip }: Admitted,
  services: RelayServices,
): Promise<void> => {
  const { faults, host } = services;
  const { name, kind } = entity.settings;
  const { response, sender } = incoming;
  const fault = faults.strike('forward', name);
  if (!(await survives(incoming, fault)) || response.destroyed) return;

  const exchange = exchangeFor(incoming, strip, host());
  response.once('close', () => exchange.settle({ kind: 'senderGone' }));
  const closeChannel = fault?.what === 'closeChannel';
  if (!forward({ entity, exchange, sender, closeChannel }, services)) {
    refuse(response, noListener(entity));
    return;
  }
  const outcome = await exchange.outcome;
  if (outcome.kind === 'answered') {
    entity.counts.answered += 1;
    if (!(await survives(incoming, faults.strike('answer', name)))) return;
  }
  // `Via` is a rule of hybrid connections alone.
  giveOutcome(response, outcome, kind === 'wcf' ? undefined : host());
};

const handle = async (incoming: Incoming, services: RelayServices): Promise<void> => {
  const { entities, faults } = services;
  const found = entities.find(incoming.path);
  if (!(await survives(incoming, faults.strike('request', found?.entity.settings.name)))) return;

  if (found !== undefined) found.entity.counts.received += 1;
  const admitted = admit(incoming, found, services);
  if ('status' in admitted) refuse(incoming.response, admitted);
  else await relay(incoming, admitted, services);
};

/** The sender's side of the relay: ordinary HTTP requests to the address of a relay, or below it. */
export const createRequestHandler =
  (services: RelayServices, connections: SenderConnections) =>
  async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const sender = connections(request.socket);
    response.once('close', sender.begin());
    const incoming = await readIncoming(request, response, sender);
    if (incoming === undefined) return;
    try {
      await handle(incoming, services);
    } catch (error) {
      // E.g. a header of the listener's answer that HTTP cannot carry.
      const description = (error as Error).message;
      services.log(`A request failed: ${description}`);
      if (!response.headersSent) refuse(response, { status: 500, description });
    }
  };
