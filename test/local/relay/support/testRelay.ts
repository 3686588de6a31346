import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { expect, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import type { ListenOptions } from '../../../../local/relay/listener/listenOptions.ts';
import { listen, type RelayListener } from '../../../../local/relay/listener/listen.ts';
import type { RelayOptions } from '../../../../local/relay/relayOptions.ts';
import { startRelay, type Relay } from '../../../../local/relay/startRelay.ts';
import type { AccessKey } from '../../../../local/sas/accessKey.ts';
import { rootKey } from '../../../../local/sas/rootKey.ts';

/** A key that has nothing but the rights it is made with. */
export const keyWith = (name: string, ...rights: AccessKey['rights']): AccessKey => ({
  name,
  rights,
  primaryKey: `primary of ${name}`,
  secondaryKey: `secondary of ${name}`,
});

/** A relay namespace in this process that ends with the test. */
export const startTestRelay = async (options: RelayOptions = {}): Promise<Relay> => {
  const relay = await startRelay({
    relays: [
      { name: 'hyco', kind: 'hybridConnection' },
      { name: 'old/listener', kind: 'wcf' },
    ],
    ...options,
  });
  onTestFinished(() => relay.close());
  return relay;
};

interface TokenOptions {
  readonly key?: AccessKey;
  readonly expiresInSeconds?: number;
  readonly secret?: string;
}

/** A token as the documentation of shared access signatures describes it, made here and not by the code under test. */
export const tokenFor = (
  resource: string,
  { key = rootKey, expiresInSeconds = 600, secret = key.primaryKey }: TokenOptions = {},
): string => {
  const encoded = encodeURIComponent(resource);
  const expiry = Math.floor(Date.now() / 1000) + expiresInSeconds;
  const signature = createHmac('sha256', secret).update(`${encoded}\n${expiry}`, 'utf8').digest('base64');
  return `SharedAccessSignature sr=${encoded}&sig=${encodeURIComponent(signature)}&se=${expiry}&skn=${key.name}`;
};

type Port = Pick<Relay, 'port'>;

export const resourceOf = ({ port }: Port, path = 'hyco'): string => `http://127.0.0.1:${port}/${path}`;

interface SendOptions {
  readonly method?: string;
  /** Below the namespace, with query. */
  readonly path?: string;
  /** Null: none. */
  readonly token?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  readonly signal?: AbortSignal;
}

/** What a sender sees. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** Sends by HTTP, with a good token in `ServiceBusAuthorization` unless another is given. */
export const send = async (
  relay: Port,
  { method = 'POST', path = 'hyco', token, headers = {}, body, signal }: SendOptions = {},
): Promise<Answer> => {
  const authorization = token === undefined ? tokenFor(`http://127.0.0.1:${relay.port}/`) : token;
  const response = await fetch(resourceOf(relay, path), {
    method,
    headers: { ...(authorization !== null && { ServiceBusAuthorization: authorization }), ...headers },
    ...(body !== undefined && { body: typeof body === 'string' ? body : new Uint8Array(body) }),
    ...(signal !== undefined && { signal }),
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
};

/** A listener of the library that ends with the test. */
export const listenOn = async (
  relay: Pick<Relay, 'connectionString'>,
  onRequest: ListenOptions['onRequest'],
  options: Partial<ListenOptions> = {},
): Promise<RelayListener> => {
  const listener = await listen({
    connectionString: relay.connectionString,
    path: 'hyco',
    onRequest,
    reconnectAfterMs: 20,
    ...options,
  });
  onTestFinished(() => listener.close());
  return listener;
};

interface RawOptions extends TokenOptions {
  readonly path?: string;
  readonly token?: string | null;
  readonly action?: string;
}

/** Where a listener registers, put together by hand. */
export const listenUrl = (
  relay: Port,
  { path = 'hyco', token, action = 'listen', ...tokenOptions }: RawOptions = {},
): string => {
  const given = token === undefined ? tokenFor(resourceOf(relay, path), tokenOptions) : token;
  const query = given === null ? '' : `&sb-hc-token=${encodeURIComponent(given)}`;
  return `ws://127.0.0.1:${relay.port}/$hc/${path}?sb-hc-action=${action}${query}`;
};

/** What a listener gets, as it is on the wire. */
export interface RawRequest {
  readonly address: string;
  readonly id: string;
  readonly requestTarget: string;
  readonly method: string;
  readonly requestHeaders: Readonly<Record<string, string>>;
  readonly body: boolean;
}

export interface RawListener {
  readonly socket: WebSocket;
  /** The next thing that comes: a text message, with its body when it announces one. */
  next(): Promise<RawRequest & { readonly bytes: Buffer | undefined }>;
  /** Sends a message, and a body after it. */
  say(message: object, body?: Buffer): void;
  /** Code and reason of the end. */
  readonly closed: Promise<string>;
}

/** A WebSocket that does nothing by itself. */
export const rawListener = async (
  url: string,
  headers: Record<string, string> = {},
): Promise<RawListener> => {
  const socket = new WebSocket(url, { perMessageDeflate: false, headers });
  onTestFinished(() => socket.terminate());
  const queue: { data: Buffer; isBinary: boolean }[] = [];
  let wake = (): void => undefined;
  socket.on('message', (data: Buffer, isBinary) => {
    queue.push({ data, isBinary });
    wake();
  });
  const closed = new Promise<string>((resolve) => {
    socket.once('close', (code, reason) => resolve(`${code} ${reason.toString()}`));
  });
  const take = async (): Promise<{ data: Buffer; isBinary: boolean }> => {
    for (;;) {
      const first = queue.shift();
      if (first !== undefined) return first;
      await new Promise<void>((resolve) => (wake = resolve));
    }
  };
  await once(socket, 'open');
  return {
    socket,
    closed,
    next: async () => {
      const { data, isBinary } = await take();
      if (isBinary) throw new Error('A body came without a message.');
      const { request } = JSON.parse(data.toString('utf8')) as { request: RawRequest };
      return { ...request, bytes: request.body ? (await take()).data : undefined };
    },
    say: (message, body) => {
      socket.send(JSON.stringify(message));
      if (body !== undefined) socket.send(body);
    },
  };
};

/** Status and words with which a WebSocket is refused. */
export const refusalOf = (url: string, headers: Record<string, string> = {}): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(url, { headers });
    socket.once('unexpected-response', (_request, response) => {
      resolve(`${response.statusCode ?? 0} ${response.statusMessage ?? ''}`);
      socket.on('error', () => undefined);
      socket.terminate();
    });
    socket.once('open', () => {
      socket.terminate();
      reject(new Error('It was accepted.'));
    });
  });

/** How a call to {@link send} failed on the network: the code of its cause. */
export const networkFailureOf = async (sending: Promise<Answer>): Promise<string> => {
  try {
    const { status } = await sending;
    return `answered ${status}`;
  } catch (error) {
    const { cause } = error as { cause?: { code?: string } };
    return cause?.code ?? (error as Error).name;
  }
};

/** Expects what another process, or the other end of a connection, will have noticed in a while. */
export const eventually = <Value>(read: () => Value) => expect.poll(read, { timeout: 20_000 });
