import { createHmac } from 'node:crypto';
import rhea, {
  type Connection,
  type Delivery,
  type EventContext,
  type Message,
  type Receiver,
  type Sender,
} from 'rhea';
import { onTestFinished } from 'vitest';
import { rootKey } from '../../../../local/sas/rootKey.ts';

/** An AMQP client that does what the SDK never does. */
export interface RawClient {
  readonly connection: Connection;
  /** Presents a token for a path of the namespace. */
  putToken(path: string): Promise<Message>;
  /** Sends a request to a node and resolves with the answer. */
  request(node: string, message: Partial<Message>): Promise<Message>;
  openSender(address: string, options?: object): Promise<Sender>;
  openReceiver(address: string, options?: object): Promise<Receiver>;
  /** Sends bytes as they are; resolves with the outcome and its error condition. */
  sendBytes(sender: Sender, bytes: Buffer): Promise<{ outcome: string; condition: string | undefined }>;
}

const tokenFor = (uri: string): string => {
  const resource = encodeURIComponent(uri);
  const expiry = Math.floor(Date.now() / 1000) + 3600;
  const signature = createHmac('sha256', rootKey.primaryKey)
    .update(`${resource}\n${expiry}`)
    .digest('base64');
  return `SharedAccessSignature sr=${resource}&sig=${encodeURIComponent(signature)}&se=${expiry}&skn=${rootKey.name}`;
};

const eventOf = (
  emitter: { once(event: string, listener: (context: EventContext) => void): unknown },
  ...events: string[]
) =>
  new Promise<{ event: string; context: EventContext }>((resolve) => {
    for (const event of events) emitter.once(event, (context) => resolve({ event, context }));
  });

const opened = async <Link extends Sender | Receiver>(
  link: Link,
  event: string,
  closed: string,
): Promise<Link> => {
  await eventOf(link, event);
  // A refused link is opened and closed in one go.
  await new Promise((resolve) => setImmediate(resolve));
  if (link.error !== undefined) throw new Error((link.error as { condition: string }).condition);
  link.on(closed, () => undefined);
  return link;
};

export const connectRaw = async (port: number): Promise<RawClient> => {
  const container = rhea.create_container();
  for (const event of ['error', 'disconnected', 'sender_error', 'receiver_error'])
    container.on(event, () => undefined);
  const connection = container.connect({ host: '127.0.0.1', port, username: 'any', reconnect: false });
  onTestFinished(() => connection.close());
  await eventOf(connection, 'connection_open');

  let requests = 0;
  const openSender: RawClient['openSender'] = (address, options = {}) =>
    opened(connection.open_sender({ target: { address }, ...options }), 'sender_open', 'sender_close');
  const openReceiver: RawClient['openReceiver'] = (address, options = {}) =>
    opened(
      connection.open_receiver({ source: { address }, credit_window: 0, autoaccept: false, ...options }),
      'receiver_open',
      'receiver_close',
    );
  const request: RawClient['request'] = async (node, message) => {
    requests += 1;
    const replyTo = `reply-${requests}`;
    const receiver = await openReceiver(node, { name: replyTo, credit_window: 1 });
    const answered = eventOf(receiver, 'message');
    const sender = await openSender(node);
    if (!sender.sendable()) await eventOf(sender, 'sendable');
    sender.send({ message_id: requests, reply_to: replyTo, ...message } as Message);
    const { context } = await answered;
    return context.message ?? Promise.reject(new Error('The answer is empty.'));
  };
  return {
    connection,
    request,
    openSender,
    openReceiver,
    putToken: (path) => {
      const uri = `sb://127.0.0.1:${port}/${path}`;
      return request('$cbs', {
        body: tokenFor(uri),
        application_properties: {
          operation: 'put-token',
          name: uri,
          type: 'servicebus.windows.net:sastoken',
        },
      });
    },
    sendBytes: async (sender, bytes) => {
      if (!sender.sendable()) await eventOf(sender, 'sendable');
      const delivery: Delivery = sender.send(bytes, undefined, 0);
      const { event } = await eventOf(sender, 'accepted', 'rejected', 'released', 'modified');
      const state = delivery.remote_state as { error?: { condition: string } } | undefined;
      return { outcome: event, condition: state?.error?.condition };
    },
  };
};
