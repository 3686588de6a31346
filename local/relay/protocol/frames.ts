import type { RawData, WebSocket } from 'ws';

/** A JSON message and the body that belongs to it. */
export interface Framed {
  readonly message: unknown;
  readonly body: Buffer | undefined;
}

export interface FrameReader {
  readonly onMessage: (framed: Framed) => void;
  /** What came is not the protocol. */
  readonly onError: (why: string) => void;
}

const bytesOf = (data: RawData): Buffer => {
  if (Array.isArray(data)) return Buffer.concat(data);
  return Buffer.isBuffer(data) ? data : Buffer.from(data);
};

/** Whether a message announces that a binary message with its body follows. */
const announcesBody = (message: unknown): boolean =>
  typeof message === 'object' &&
  message !== null &&
  Object.values(message).some(
    (part: unknown) => typeof part === 'object' && part !== null && 'body' in part && part.body === true,
  );

/**
 * Puts together what belongs together: a text message, and the binary message with its body when it announces one. Frames
 * of one message are joined by the WebSocket library.
 */
export const readFrames = (socket: WebSocket, { onMessage, onError }: FrameReader): void => {
  let waiting: { readonly message: unknown } | undefined;
  const onText = (text: string): void => {
    if (waiting !== undefined) {
      onError('A message came where a body was announced.');
      return;
    }
    const message = parse(text);
    if (message === undefined) onError('The message is no JSON object.');
    else if (announcesBody(message)) waiting = { message };
    else onMessage({ message, body: undefined });
  };
  const onBody = (body: Buffer): void => {
    if (waiting === undefined) {
      onError('A body came that was not announced.');
      return;
    }
    const { message } = waiting;
    waiting = undefined;
    onMessage({ message, body });
  };
  socket.on('message', (data, isBinary) => {
    if (isBinary) onBody(bytesOf(data));
    else onText(bytesOf(data).toString('utf8'));
  });
};

const parse = (text: string): object | undefined => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
};

/** Sends a message and its body in one go, so that nothing of another request comes between them. */
export const sendFramed = (socket: WebSocket, message: object, body: Buffer | undefined): void => {
  socket.send(JSON.stringify(message));
  if (body !== undefined) socket.send(body);
};
