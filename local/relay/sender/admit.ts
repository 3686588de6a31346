import { notFound, type Refusal } from '../access/refusal.ts';
import { senderToken } from '../access/senderToken.ts';
import type { Entity, Found } from '../entity/entities.ts';
import type { RelayServices } from '../services.ts';
import type { Incoming } from './incoming.ts';
import { wcfRefusal } from './wcf.ts';

/** A request that may go to a listener. */
export interface Admitted {
  readonly entity: Entity;
  /** Headers (lower case) that the listener does not get to see. */
  readonly strip: ReadonlySet<string>;
}

export const noListener = ({ settings }: Entity): Refusal => ({
  status: settings.noListenerStatus ?? (settings.kind === 'wcf' ? 404 : 502),
  description: 'There are no listeners connected for the endpoint.',
});

/** Which relay it is for, whether the sender may use it, and whether anybody listens: in this order. */
export const admit = (
  { request, sender, target, path, body }: Incoming,
  found: Found | undefined,
  { authorize }: RelayServices,
): Admitted | Refusal => {
  if (found === undefined) return notFound(path);
  const { entity, suffix } = found;
  const { settings } = entity;
  const refusal = settings.kind === 'wcf' ? wcfRefusal(request.method, suffix) : undefined;
  if (refusal !== undefined) return refusal;

  const { token, strip } = senderToken({ target, headers: request.headers, body }, settings);
  if (settings.requiresClientAuthorization !== false) {
    const { name, keys = [] } = settings;
    const access = authorize({ token, right: 'Send', path: name, relayKeys: keys });
    if (access.kind === 'refused') return access;
  }
  const isServed = entity.listeners.count > 0 || sender.rendezvousOf(entity) !== undefined;
  return isServed ? { entity, strip } : noListener(entity);
};
