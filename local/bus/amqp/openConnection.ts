import type { Socket } from 'node:net';
import type { RheaConnection, RheaContainer } from './rhea.ts';

/** Stands for message format 0, which rhea would decode and by that lose the bytes. */
const undecoded = 0xffffffff;

export const realFormat = (format: number): number => (format === undecoded ? 0 : format);

const options = {
  // A Service Bus gateway announces these.
  max_frame_size: 65_536,
  channel_max: 4999,
  idle_time_out: 120_000,
  // The broker itself gives credit, settles and answers.
  credit_window: 0,
  autoaccept: false,
  autosettle: false,
  treat_modified_as_released: false,
  reconnect: false,
  // Deliveries a receiver holds unsettled. The buffer grows by need; when it is full, delivering stops.
  session_buffer_size: { incoming: 2048, outgoing: 65_536 },
};

/** Makes rhea hand over messages of format 0 as the bytes they came as. */
const keepBytes = (connection: RheaConnection): void => {
  const decode = connection.on_transfer.bind(connection);
  connection.on_transfer = (frame) => {
    const { performative } = frame;
    if (!performative.message_format) performative.message_format = undecoded;
    decode(frame);
  };
};

/** Makes one write of all frames of one turn: an attach and the credit that follows it arrive together. */
const writeTogether = (connection: RheaConnection, socket: Socket): void => {
  const process = connection._process.bind(connection);
  connection._process = () => {
    socket.cork();
    process();
    socket.uncork();
  };
};

/** Speaks AMQP on an accepted socket. */
export const openConnection = (container: RheaContainer, socket: Socket): RheaConnection => {
  socket.setNoDelay(true);
  const connection = container.create_connection(options);
  keepBytes(connection);
  writeTogether(connection, socket);
  connection.accept(socket);
  return connection;
};

/** Keeps an endpoint that rhea is about to open from opening, until `open()` is called on it. */
export const holdBack = (endpoint: Pick<RheaConnection, 'state'>): void => {
  endpoint.state.local_open = false;
  endpoint.state.open_requests = 0;
};
