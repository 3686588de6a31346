import type { Socket } from 'node:net';
import type { Carrier } from '../channel/carrier.ts';
import type { Entity } from '../entity/entities.ts';

/** The HTTP connection of a sender, which may carry many requests. */
export interface SenderConnection {
  /** A request has come; call the result when it is over. */
  begin(): () => void;
  /** The rendezvous that this connection's requests to `entity` go over, once there is one. */
  rendezvousOf(entity: Entity): Carrier | undefined;
  /** Keeps a rendezvous; `onGone` is called when the connection has ended. The result forgets it. */
  join(entity: Entity, carrier: Carrier, onGone: () => void): () => void;
  /** Closes the connection as soon as no request is on it. */
  endWhenIdle(): void;
}

const createSenderConnection = (socket: Socket): SenderConnection => {
  const joined = new Map<Entity, Carrier>();
  let requests = 0;
  let isToEnd = false;
  const endIfIdle = (): void => {
    if (isToEnd && requests === 0) socket.end();
  };
  return {
    begin: () => {
      requests += 1;
      return () => {
        requests -= 1;
        endIfIdle();
      };
    },
    rendezvousOf: (entity) => joined.get(entity),
    join: (entity, carrier, onGone) => {
      joined.set(entity, carrier);
      if (socket.destroyed) onGone();
      else socket.once('close', onGone);
      return () => {
        socket.off('close', onGone);
        if (joined.get(entity) === carrier) joined.delete(entity);
      };
    },
    endWhenIdle: () => {
      isToEnd = true;
      endIfIdle();
    },
  };
};

/** Finds what is known of a connection. */
export type SenderConnections = (socket: Socket) => SenderConnection;

export const createSenderConnections = (): SenderConnections => {
  const known = new WeakMap<Socket, SenderConnection>();
  return (socket) => {
    const connection = known.get(socket) ?? createSenderConnection(socket);
    known.set(socket, connection);
    return connection;
  };
};
