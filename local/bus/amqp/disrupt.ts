import type { Socket } from 'node:net';
import type { Refusal } from '../broker/refusal.ts';
import type { Fault } from '../faults/faultRule.ts';
import type { RheaConnection, RheaReceiver, RheaSender } from './rhea.ts';

export type RheaLink = RheaSender | RheaReceiver;

/** The AMQP error a fault asks for. */
export const errorOf = (fault: { condition?: string; description?: string }): Refusal => ({
  condition: fault.condition ?? 'amqp:internal-error',
  description: fault.description ?? 'This error was injected.',
});

/** Ends the process as `kill -9` would. */
const die = (): void => void process.kill(process.pid, 'SIGKILL');

/** Carries out a fault of the transport; false when it is of another kind. */
export const disruptSocket = (fault: Fault, socket: Socket): boolean => {
  switch (fault.what) {
    case 'reset':
      socket.resetAndDestroy();
      return true;
    case 'drop':
      socket.destroy();
      return true;
    case 'die':
      die();
      return true;
    case 'mute':
      return true;
    default:
      return false;
  }
};

/** Carries out a fault that hits the whole connection; false when it is of another kind. */
export const disruptConnection = (fault: Fault, connection: RheaConnection): boolean => {
  if (fault.what !== 'close') return disruptSocket(fault, connection.socket);
  connection.close(errorOf(fault));
  return true;
};

/** Carries out a fault after which no answer is given; false when it is of another kind. */
export const disrupt = (fault: Fault, link: RheaLink): boolean => {
  switch (fault.what) {
    case 'endSession':
      link.session.close(errorOf(fault));
      return true;
    case 'detach':
      link.close(errorOf(fault));
      return true;
    default:
      return disruptConnection(fault, link.connection);
  }
};
