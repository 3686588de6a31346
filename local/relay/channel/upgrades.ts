import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { WebSocketServer } from 'ws';
import { describe, notFound, type Refusal } from '../access/refusal.ts';
import type { AccessRequest } from '../access/authorize.ts';
import type { Entity } from '../entity/entities.ts';
import { suffer } from '../faults/suffer.ts';
import { mostBytesOnControlChannel, mostListeners } from '../protocol/limits.ts';
import { pathOfTarget, relayParameter } from '../protocol/query.ts';
import type { RelayServices } from '../services.ts';
import { createControlChannel } from './controlChannel.ts';
import { openRendezvous } from './rendezvous.ts';

/** A request for a WebSocket. */
interface Upgrade {
  readonly request: IncomingMessage;
  readonly socket: Socket;
  readonly head: Buffer;
}

/** Refuses the handshake by an ordinary answer ("Listener control channel connection"). */
const refuse = (socket: Socket, refusal: Refusal, headers: Readonly<Record<string, string>> = {}): void => {
  const text = describe(refusal);
  const lines = Object.entries({
    'content-type': 'text/plain; charset=utf-8',
    'content-length': String(Buffer.byteLength(text)),
    connection: 'close',
    ...headers,
  }).map(([name, value]) => `${name}: ${value}`);
  socket.end([`HTTP/1.1 ${refusal.status} ${text}`, ...lines, '', text].join('\r\n'));
};

/** What a token has to open for its bearer to listen. */
const listening = ({ settings: { name, keys = [] } }: Entity, token: string | undefined): AccessRequest => ({
  token,
  right: 'Listen',
  path: name,
  relayKeys: keys,
});

const headerToken = ({ headers }: IncomingMessage): string | undefined => {
  const value = headers['servicebusauthorization'];
  return Array.isArray(value) ? value[0] : value;
};

/** The listeners' side of the relay: WebSockets below `/$hc/`. */
export const createUpgradeHandler = (services: RelayServices): ((upgrade: Upgrade) => Promise<void>) => {
  const { entities, authorize, desk, faults, tokenClock, log } = services;
  const plain = { noServer: true, perMessageDeflate: false } as const;
  // A listener that answers with more than fits here breaks the protocol; the library closes with 1009.
  const controlServer = new WebSocketServer({ ...plain, maxPayload: mostBytesOnControlChannel });
  const rendezvousServer = new WebSocketServer({ ...plain, maxPayload: 0 });

  const register = ({ request, socket, head }: Upgrade, entity: Entity, expiresAtMs: number): void => {
    controlServer.handleUpgrade(request, socket, head, (webSocket) => {
      const channel = createControlChannel(webSocket, {
        clock: tokenClock,
        expiresAtMs,
        authorize: (token) => authorize(listening(entity, token)),
        onClosed: () => entity.listeners.delete(channel),
        log,
      });
      entity.listeners.add(channel);
    });
  };
  const listen = async (upgrade: Upgrade, name: string): Promise<void> => {
    const { request, socket } = upgrade;
    const entity = entities.get(name);
    const victim = {
      socket,
      answer: (status: number, description: string, headers: Readonly<Record<string, string>>) =>
        refuse(socket, { status, description }, headers),
    };
    if (!(await suffer(faults.strike('listen', entity?.settings.name), victim))) return;
    if (entity === undefined) {
      refuse(socket, notFound(name));
      return;
    }
    const token = relayParameter(request.url ?? '', 'sb-hc-token') ?? headerToken(request);
    const access = authorize(listening(entity, token));
    if (access.kind === 'refused') refuse(socket, access);
    else if (entity.listeners.count >= mostListeners) {
      refuse(socket, { status: 403, description: `There are ${mostListeners} listeners already.` });
    } else register(upgrade, entity, access.expiresAtMs);
  };
  const meet = ({ request, socket, head }: Upgrade): void => {
    const offer = desk.redeem(relayParameter(request.url ?? '', 'sb-hc-rendezvous') ?? '');
    if (offer === undefined) {
      refuse(socket, { status: 403, description: 'The address of the rendezvous has expired.' });
      return;
    }
    rendezvousServer.handleUpgrade(request, socket, head, (webSocket) =>
      openRendezvous(webSocket, offer, log),
    );
  };
  return async (upgrade) => {
    const { request, socket } = upgrade;
    socket.on('error', () => undefined);
    const target = request.url ?? '';
    const [, name] = /^\$hc\/(.+)$/i.exec(pathOfTarget(target) ?? '') ?? [];
    const action = relayParameter(target, 'sb-hc-action');
    if (name !== undefined && action === 'listen') await listen(upgrade, name);
    else if (name !== undefined && action === 'request') meet(upgrade);
    else {
      const description = 'Only listen and request are known here: senders cannot come by WebSocket.';
      refuse(socket, { status: 400, description });
    }
  };
};
