import type { MessageHeaders } from './messages.ts';

/**
 * Headers that concern one connection, or are the relay's own: RFC 7230 defines or reserves them, and the relay passes
 * none of them on but `Via` ("Request message", `requestHeaders`). `Keep-Alive` and `Proxy-Connection` belong to the
 * same family.
 */
const ofConnection: ReadonlySet<string> = new Set([
  ...['connection', 'content-length', 'host', 'te', 'trailer', 'transfer-encoding', 'upgrade', 'close'],
  ...['keep-alive', 'proxy-connection'],
]);

export const concernsConnection = (name: string): boolean => ofConnection.has(name.toLowerCase());

/** Adds the relay to those a message has passed (RFC 7230, section 5.7.1). */
export const viaWith = (earlier: string | undefined, host: string): string =>
  earlier === undefined || earlier === '' ? `1.1 ${host}` : `${earlier}, 1.1 ${host}`;

/** Names and values as they came, by turns; a name that came twice gets both values, joined by a comma. */
export const joinHeaders = (rawHeaders: readonly string[]): MessageHeaders => {
  const joined = new Map<string, { readonly name: string; readonly value: string }>();
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const [name = '', value = ''] = rawHeaders.slice(index, index + 2);
    const earlier = joined.get(name.toLowerCase());
    joined.set(
      name.toLowerCase(),
      earlier === undefined ? { name, value } : { name: earlier.name, value: `${earlier.value}, ${value}` },
    );
  }
  return Object.fromEntries([...joined.values()].map(({ name, value }) => [name, value]));
};
