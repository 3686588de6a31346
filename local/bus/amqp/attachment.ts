import type { Grants } from '../auth/grants.ts';
import { isRefusal, type Refusal } from '../broker/refusal.ts';
import type { ClientRole } from './admission.ts';
import type { BusServices } from './busServices.ts';
import { errorOf, type RheaLink } from './disrupt.ts';
import { inBackground } from './inBackground.ts';
import type { LiveLinks } from './liveLinks.ts';
import { holdBack } from './openConnection.ts';
import type { ReplyLinks } from './requestLinks.ts';
import { withFaults } from './withFaults.ts';

/** What attaching needs to know of its connection. */
export interface AttachContext {
  readonly services: BusServices;
  readonly grants: Grants;
  readonly replies: ReplyLinks;
  readonly links: LiveLinks;
}

/** What serves a link. */
export interface Service {
  /** Begins when the link is open. */
  readonly start: () => void;
  /** Undoes what was prepared, when the client has gone before the link was open. */
  readonly forgo?: () => void;
  /** Filters of the source as they took effect. */
  readonly filter?: Readonly<Record<string, unknown>>;
  readonly properties?: Readonly<Record<string, unknown>>;
}

/** How an attach ends: what serves the link, or why it is refused. */
export type Attached = Service | Refusal;

/** A refused attach is answered without terminus and closed at once (AMQP 1.0 part 2, "Establishing a link"). */
const refuse = (link: RheaLink, refusal: Refusal): void => {
  link.open();
  link.close(refusal);
};

const welcome = (link: RheaLink, { filter, properties }: Service): void => {
  const { attach } = link.local;
  link.set_source({
    address: link.source?.address ?? undefined,
    ...(filter !== undefined && { filter }),
  });
  link.set_target({ address: link.target?.address ?? undefined });
  if (properties !== undefined) attach.properties = properties;
  if (link.snd_settle_mode !== undefined) attach.snd_settle_mode = link.snd_settle_mode;
  if (link.rcv_settle_mode !== undefined) attach.rcv_settle_mode = link.rcv_settle_mode;
  link.open();
};

export interface AttachRequest {
  readonly link: RheaLink;
  readonly role: ClientRole;
  /** As fault rules name it. */
  readonly entity: string | undefined;
  /** Looks the node up and prepares the service. */
  readonly decide: () => Attached | Promise<Attached>;
}

/** Holds an attach back until it is decided, since rhea would open the link by itself, and lets faults strike. */
export const attach = ({ services }: AttachContext, { link, role, entity, decide }: AttachRequest): void => {
  holdBack(link);
  const decided = withFaults<Attached>(services, {
    point: { where: 'attach', role, entity },
    link,
    carryOut: async () => decide(),
    isDone: () => false,
    answerOf: (fault) => {
      if (fault.what === 'refuse') return errorOf(fault);
      return fault.what === 'noCredit' ? { start: () => undefined } : undefined;
    },
  });
  const answered = decided.then((attached) => {
    if (attached === undefined) return;
    const isGone = link.connection.socket.destroyed || !link.is_remote_open();
    if (isRefusal(attached)) {
      if (!isGone) refuse(link, attached);
    } else if (isGone) {
      attached.forgo?.();
    } else {
      welcome(link, attached);
      attached.start();
    }
  });
  inBackground(services.log, answered);
};
