import { createConnection, createServer, type Server, type Socket } from 'node:net';

/**
 * A TCP relay before a service that cannot be made to fail itself. It is how tests cut storage off, stall it, or stop
 * at an exact request.
 */
export interface FaultProxy {
  readonly port: number;
  /** `pass`: relay. `refuse`: connections are reset. `stall`: bytes are taken and kept. */
  setMode(mode: ProxyMode): void;
  /**
   * Calls `trip` when a client's bytes or the service's answer match, before they are passed on; `trip` decides whether
   * they are. One trap at a time; it goes off once.
   */
  setTrap(trap: ProxyTrap | undefined): void;
  /** Shows every chunk that a client sends, before anything else happens to it; one watcher at a time. */
  onRequest(watch: (text: string) => void): void;
  close(): Promise<void>;
}

export type ProxyMode = 'pass' | 'refuse' | 'stall';

export interface ProxyTrap {
  /** The client's request, or the answer to a request that matches. */
  readonly at: 'request' | 'answer';
  readonly matches: (request: string) => boolean;
  /** Resolves to what happens to the bytes. */
  readonly trip: () => Promise<'pass' | 'drop'> | 'pass' | 'drop';
}

interface State {
  mode: ProxyMode;
  trap: ProxyTrap | undefined;
  watch: (text: string) => void;
  readonly sockets: Set<Socket>;
}

const destroyBoth = (one: Socket, other: Socket): void => {
  one.destroy();
  other.destroy();
};

/** Relays one direction in order; a chunk waits for what the trap decides about the one before. */
const relay = (from: Socket, to: Socket, decide: (chunk: Buffer) => Promise<'pass' | 'drop'>): void => {
  let turn: Promise<void> = Promise.resolve();
  from.on('data', (chunk: Buffer) => {
    turn = turn.then(async () => {
      if ((await decide(chunk)) === 'pass') to.write(chunk);
      else destroyBoth(from, to);
    });
  });
};

const connectThrough = (state: State, client: Socket, targetPort: number): void => {
  if (state.mode === 'refuse') {
    client.resetAndDestroy();
    return;
  }
  const service = createConnection({ host: '127.0.0.1', port: targetPort });
  for (const socket of [client, service]) {
    state.sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('error', () => destroyBoth(client, service));
    socket.on('close', () => {
      state.sockets.delete(socket);
      destroyBoth(client, service);
    });
  }
  let lastRequest = '';
  const stalled = (): Promise<'drop'> => new Promise(() => undefined);
  const decideAt = (at: ProxyTrap['at']) => async (): Promise<'pass' | 'drop'> => {
    if (state.mode === 'stall') return stalled();
    const { trap } = state;
    if (trap?.at !== at || !trap.matches(lastRequest)) return 'pass';
    state.trap = undefined;
    return trap.trip();
  };
  const atRequest = decideAt('request');
  relay(client, service, (chunk) => {
    lastRequest = chunk.toString('latin1');
    state.watch(lastRequest);
    return atRequest();
  });
  relay(service, client, decideAt('answer'));
};

const listen = (server: Server): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });

/** Starts a relay to a port of this machine. */
export const startFaultProxy = async (targetPort: number): Promise<FaultProxy> => {
  const state: State = { mode: 'pass', trap: undefined, watch: () => undefined, sockets: new Set() };
  const server = createServer((client) => connectThrough(state, client, targetPort));
  const port = await listen(server);
  return {
    port,
    setMode: (mode) => {
      state.mode = mode;
      // Connections that are kept alive must feel a refusal too.
      if (mode === 'refuse') for (const socket of state.sockets) socket.resetAndDestroy();
    },
    setTrap: (trap) => {
      state.trap = trap;
    },
    onRequest: (watch) => {
      state.watch = watch;
    },
    close: () =>
      new Promise((resolve) => {
        for (const socket of state.sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
};
