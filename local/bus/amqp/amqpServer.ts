import { randomUUID } from 'node:crypto';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import type { BusServices } from './busServices.ts';
import { disruptSocket } from './disrupt.ts';
import { createContainer } from './rhea.ts';
import { serveConnection, type ServedConnection } from './serveConnection.ts';

/** The listening side of the broker. */
export interface AmqpServer {
  /** Listens on `port` (0: any free one), unless it does already; resolves with the port. Rejects when it is taken. */
  listen(port: number): Promise<number>;
  /** Stops listening and cuts all connections; nothing that was answered is lost. */
  readonly stopListening: () => Promise<void>;
}

const loopback = '127.0.0.1';

export const createAmqpServer = (services: BusServices): AmqpServer => {
  const container = createContainer(`${randomUUID().replaceAll('-', '')}_G0`, (problem) =>
    services.log(
      `A client broke the protocol: ${problem instanceof Error ? problem.message : String(problem)}`,
    ),
  );
  const connections = new Map<Socket, ServedConnection | undefined>();
  let server: Server | undefined;

  services.broker.onChanged((name) => {
    for (const connection of connections.values()) connection?.checkEntity(name);
  });

  /** Undefined when a fault has struck before AMQP was spoken. */
  const welcome = (socket: Socket): ServedConnection | undefined => {
    const fault = services.faults.strike({ where: 'connect', when: 'before', entity: undefined });
    if (fault === undefined) return serveConnection(container, socket, services);
    disruptSocket(fault, socket);
    return undefined;
  };
  const onSocket = (socket: Socket): void => {
    connections.set(socket, undefined);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => connections.delete(socket));
    connections.set(socket, welcome(socket));
  };

  return {
    listen: (port) =>
      new Promise((resolve, reject) => {
        if (server?.listening === true) {
          resolve((server.address() as AddressInfo).port);
          return;
        }
        const listening = createServer(onSocket);
        server = listening;
        listening.once('error', reject);
        listening.listen(port, loopback, () => resolve((listening.address() as AddressInfo).port));
      }),
    stopListening: async () => {
      const listening = server;
      if (listening === undefined) return;
      server = undefined;
      const closed = new Promise<void>((resolve) => listening.close(() => resolve()));
      for (const socket of connections.keys()) socket.destroy();
      await closed;
    },
  };
};
