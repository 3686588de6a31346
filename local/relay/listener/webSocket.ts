import { WebSocket } from 'ws';

const openWithinMs = 10_000;

/**
 * Opens a WebSocket. `prepare` gets it before anything can come over it: the first message may arrive together with the
 * handshake, before the result of this call is seen.
 *
 * @throws Error with the relay's own words when it refuses.
 */
export const openWebSocket = (address: string, prepare: (socket: WebSocket) => void): Promise<WebSocket> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(address, {
      perMessageDeflate: false,
      handshakeTimeout: openWithinMs,
      maxPayload: 0,
    });
    prepare(socket);
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
