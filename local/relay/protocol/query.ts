const nameOf = (part: string): string => part.split('=', 1)[0] ?? '';

/** Parameters that are meant for the relay: a name that begins so, and a value. A bare word stays. */
const isForRelay = (part: string): boolean => /^sb-hc-/i.test(part) && part.includes('=');

/** The value of a parameter of the relay in a request target, decoded; undefined when it is not there. */
export const relayParameter = (target: string, name: string): string | undefined => {
  const [, query = ''] = target.split(/\?(.*)/s);
  const part = query.split('&').find((each) => nameOf(each).toLowerCase() === name);
  if (part === undefined) return undefined;
  try {
    return decodeURIComponent(part.slice(name.length + 1).replaceAll('+', ' '));
  } catch {
    return undefined;
  }
};

/** A request target without the parameters that are meant for the relay ("Request message", `requestTarget`). */
export const withoutRelayParameters = (target: string): string => {
  const [path = '', query] = target.split(/\?(.*)/s);
  if (query === undefined) return path;
  const parts = query.split('&');
  const kept = parts.filter((part) => !isForRelay(part));
  if (kept.length === parts.length) return target;
  return kept.length === 0 ? path : `${path}?${kept.join('&')}`;
};

/** The path of a request target, decoded, without slashes at its ends; undefined when it cannot be decoded. */
export const pathOfTarget = (target: string): string | undefined => {
  const [path = ''] = target.split('?');
  try {
    return decodeURIComponent(path).replace(/^\/+|\/+$/g, '');
  } catch {
    return undefined;
  }
};
