/** What an address of the namespace stands for. */
export type Node =
  | { readonly kind: 'cbs' }
  /** `$management` of the namespace, where clients of Event Hubs ask. */
  | { readonly kind: 'hubs' }
  | (QueueAddress & { readonly kind: 'queue' })
  | (QueueAddress & { readonly kind: 'management' });

/** A queue or its dead-letter sub-queue. */
export interface QueueAddress {
  readonly queue: string;
  readonly lane: 'main' | 'deadLetter';
}

/** Strips scheme and host of `sb://host/queue`, and slashes at both ends. */
export const pathOf = (address: string): string =>
  address.replace(/^[a-z]+:\/\/[^/]*/i, '').replace(/^\/+|\/+$/g, '');

const strip = (path: string, suffix: RegExp): string | undefined =>
  suffix.test(path) ? path.replace(suffix, '') : undefined;

/** Sub-queues and management nodes hang below a queue, whatever the case of their names. */
const managementSuffix = /\/\$management$/i;
const deadLetterSuffix = /\/\$deadletterqueue$/i;

const queueAddressOf = (path: string): QueueAddress => {
  const mainPath = strip(path, deadLetterSuffix);
  return mainPath === undefined ? { queue: path, lane: 'main' } : { queue: mainPath, lane: 'deadLetter' };
};

/** Undefined for a link that names no node. */
export const nodeOf = (address: string | null | undefined): Node | undefined => {
  if (address === null || address === undefined || address === '') return undefined;
  const path = pathOf(address);
  if (path.toLowerCase() === '$cbs') return { kind: 'cbs' };
  if (path.toLowerCase() === '$management') return { kind: 'hubs' };
  const managed = strip(path, managementSuffix);
  return managed === undefined
    ? { kind: 'queue', ...queueAddressOf(path) }
    : { kind: 'management', ...queueAddressOf(managed) };
};

/** The part of a path that names a queue: without `$management` and `$DeadLetterQueue`. */
export const queueOfPath = (path: string): string => queueAddressOf(path.replace(managementSuffix, '')).queue;
