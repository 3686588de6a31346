import type { Grants } from '../auth/grants.ts';
import { queueKey } from '../broker/queueSettings.ts';
import { isRefusal, tokenRanOut } from '../broker/refusal.ts';
import { admit, pathOfNode, rightFor, type ClientRole, type QueueNode } from './admission.ts';
import type { BusServices } from './busServices.ts';
import type { RheaLink } from './disrupt.ts';
import type { RheaSession } from './rhea.ts';

/** A link that serves a queue. */
interface LiveLink {
  readonly link: RheaLink;
  readonly node: QueueNode;
  readonly role: ClientRole;
  /** Ends what the link does in the broker. */
  readonly stop: () => void;
}

/** The links of one connection that serve queues. */
export interface LiveLinks {
  add(live: LiveLink): void;
  /** Detaches links whose token has run out. */
  checkTokens(): void;
  /** Detaches links to a queue that is gone or shut. */
  readonly checkQueue: (name: string) => void;
  /** The links of a session that has ended, or all of them. */
  stop(session?: RheaSession): void;
}

export const createLiveLinks = (services: BusServices, grants: Grants): LiveLinks => {
  const links = new Set<LiveLink>();
  const end = (live: LiveLink): void => {
    if (links.delete(live)) live.stop();
  };
  const hasToken = ({ node, role }: LiveLink): boolean => {
    const right = rightFor(node, role);
    return right === undefined ? grants.any(pathOfNode(node)) : grants.allow(pathOfNode(node), right);
  };
  return {
    add: (live) => {
      links.add(live);
      live.link.on(live.role === 'sender' ? 'receiver_close' : 'sender_close', () => end(live));
    },
    checkTokens: () => {
      for (const live of links) {
        if (hasToken(live)) continue;
        const right = rightFor(live.node, live.role) ?? 'Listen';
        live.link.close(tokenRanOut(live.link.name, right, services.uriOf(live.node.queue)));
        end(live);
      }
    },
    checkQueue: (name) => {
      for (const live of links) {
        if (queueKey(live.node.queue) !== queueKey(name)) continue;
        const queue = admit(services, grants, live.node, live.role);
        if (!isRefusal(queue)) continue;
        live.link.close(queue);
        end(live);
      }
    },
    stop: (session) => {
      for (const live of links) if (session === undefined || live.link.session === session) end(live);
    },
  };
};
