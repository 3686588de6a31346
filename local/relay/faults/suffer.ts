import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from './faultRule.ts';

/** What a fault can be done to: the connection of a sender, or of one who wants to listen. */
export interface Victim {
  readonly socket: Socket;
  /** Answers with a status. */
  answer(status: number, description: string, headers: Readonly<Record<string, string>>): void;
}

/** Does what the fault says. True when things go on as if nothing had happened. */
export const suffer = async (fault: Fault | undefined, victim: Victim): Promise<boolean> => {
  switch (fault?.what) {
    case undefined:
    case 'closeChannel':
      return true;
    case 'status':
      victim.answer(fault.status, fault.description ?? 'A fault was injected.', fault.headers ?? {});
      return false;
    case 'reset':
      victim.socket.resetAndDestroy();
      return false;
    case 'drop':
      victim.socket.destroy();
      return false;
    case 'stall':
      return false;
    case 'delay':
      await sleep(fault.delayMs);
      return true;
    case 'die':
      process.kill(process.pid, 'SIGKILL');
      return false;
  }
};
