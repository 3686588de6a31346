import type { Socket } from 'node:net';
import { createGrants } from '../auth/grants.ts';
import { attachClientReceiver, attachClientSender } from './attach.ts';
import type { AttachContext } from './attachment.ts';
import type { BusServices } from './busServices.ts';
import { disruptConnection } from './disrupt.ts';
import { createLiveLinks } from './liveLinks.ts';
import { holdBack, openConnection } from './openConnection.ts';
import { createReplyLinks } from './requestLinks.ts';
import type { RheaConnection, RheaContainer } from './rhea.ts';

/** A client's connection. */
export interface ServedConnection {
  /** Looks at the links to an entity again, after it was changed or deleted. */
  readonly checkEntity: (name: string) => void;
}

const strikeOpen = ({ faults }: BusServices, connection: RheaConnection): void => {
  const fault = faults.strike({ where: 'open', when: 'before', entity: undefined });
  if (fault === undefined) return;
  if (fault.what === 'mute') holdBack(connection);
  disruptConnection(fault, connection);
};

/** Serves a client on an accepted socket until the socket closes. */
export const serveConnection = (
  container: RheaContainer,
  socket: Socket,
  services: BusServices,
): ServedConnection => {
  const grants = createGrants(services.tokenClock, () => links.checkTokens());
  const links = createLiveLinks(services, grants);
  const context: AttachContext = { services, grants, replies: createReplyLinks(), links };
  const connection = openConnection(container, socket);
  connection.on('connection_open', () => {
    if (services.faults.active) strikeOpen(services, connection);
  });
  connection.on('receiver_open', ({ receiver }) => {
    if (receiver !== undefined) attachClientSender(context, receiver);
  });
  connection.on('sender_open', ({ sender }) => {
    if (sender !== undefined) attachClientReceiver(context, sender);
  });
  connection.on('session_close', ({ session }) => links.stop(session));
  socket.once('close', () => {
    links.stop();
    grants.forget();
  });
  return { checkEntity: links.checkEntity };
};
