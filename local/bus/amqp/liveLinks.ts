import type { Grants } from '../auth/grants.ts';
import { queueKey } from '../broker/queueSettings.ts';
import { tokenRanOut, type Refusal } from '../broker/refusal.ts';
import type { Right } from '../../sas/accessKey.ts';
import type { ClientRole } from './admission.ts';
import type { BusServices } from './busServices.ts';
import type { RheaLink } from './disrupt.ts';
import type { RheaSession } from './rhea.ts';

/** A link that serves an entity. */
export interface LiveLink {
  readonly link: RheaLink;
  readonly role: ClientRole;
  /** Name of the queue, topic, subscription or event hub. */
  readonly entity: string;
  /** What its token has to be for, in lower case. */
  readonly path: string;
  /** What its token has to allow; undefined: anything. */
  readonly right: Right | undefined;
  /** Why the entity cannot be served any more, if so. */
  check(): Refusal | undefined;
  /** Ends what the link does in the broker. */
  readonly stop: () => void;
}

/** The links of one connection that serve entities. */
export interface LiveLinks {
  add(live: LiveLink): void;
  /** Detaches links whose token has run out. */
  checkTokens(): void;
  /** Detaches links to an entity that is gone or shut. */
  readonly checkEntity: (name: string) => void;
  /** The links of a session that has ended, or all of them. */
  stop(session?: RheaSession): void;
}

export const createLiveLinks = (services: BusServices, grants: Grants): LiveLinks => {
  const links = new Set<LiveLink>();
  const end = (live: LiveLink): void => {
    if (links.delete(live)) live.stop();
  };
  const hasToken = ({ path, right }: LiveLink): boolean =>
    right === undefined ? grants.any(path) : grants.allow(path, right);
  return {
    add: (live) => {
      links.add(live);
      live.link.on(live.role === 'sender' ? 'receiver_close' : 'sender_close', () => end(live));
    },
    checkTokens: () => {
      for (const live of links) {
        if (hasToken(live)) continue;
        live.link.close(tokenRanOut(live.link.name, live.right ?? 'Listen', services.uriOf(live.entity)));
        end(live);
      }
    },
    checkEntity: (name) => {
      for (const live of links) {
        if (queueKey(live.entity) !== queueKey(name)) continue;
        const refusal = live.check();
        if (refusal === undefined) continue;
        live.link.close(refusal);
        end(live);
      }
    },
    stop: (session) => {
      for (const live of links) if (session === undefined || live.link.session === session) end(live);
    },
  };
};
