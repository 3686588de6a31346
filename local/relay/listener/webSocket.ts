import { WebSocket } from 'ws';

const openWithinMs = 10_000;

/**
 * Opens a WebSocket.
 *
 * @throws Error with the relay's own words when it refuses.
 */
export const openWebSocket = (address: string): Promise<WebSocket> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(address, {
      perMessageDeflate: false,
      handshakeTimeout: openWithinMs,
      maxPayload: 0,
    });
    socket.once('unexpected-response', (_request, response) => {
      reject(
        new Error(`The relay refused: ${response.statusCode ?? 0} ${response.statusMessage ?? ''}`.trim()),
      );
      response.resume();
      socket.terminate();
    });
    // It stays for the life of the socket: what fails later shows as its end.
    socket.on('error', reject);
    socket.once('open', () => resolve(socket));
  });
