import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { createUpgradeHandler } from './channel/upgrades.ts';
import { mostHeaderBytes } from './protocol/limits.ts';
import { createRequestHandler } from './sender/handleRequest.ts';
import { createSenderConnections } from './sender/senderConnection.ts';
import type { RelayServices } from './services.ts';

export interface RelayServer {
  /** Listens on `port` of 127.0.0.1 (0: any) and returns the port. */
  listen(port: number): Promise<number>;
  /** Refuses connections and cuts those there are. */
  readonly stopListening: () => Promise<void>;
}

/** Longer than HTTP clients keep an idle connection, so that it is they who close it. */
const keepAliveTimeout = 120_000;

/** Both sides of the relay on one port of plain HTTP. */
export const createRelayServer = (services: RelayServices): RelayServer => {
  const sockets = new Set<Socket>();
  const handleRequest = createRequestHandler(services, createSenderConnections());
  const handleUpgrade = createUpgradeHandler(services);
  const server = createServer(
    { maxHeaderSize: mostHeaderBytes, keepAliveTimeout },
    (request, response) => void handleRequest(request, response),
  );
  server.on('upgrade', (request, _socket, head) => {
    void handleUpgrade({ request, socket: request.socket, head });
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  return {
    listen: (port) =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, '127.0.0.1', () => {
          server.off('error', reject);
          resolve((server.address() as AddressInfo).port);
        });
      }),
    stopListening: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
};
