import { usageError } from '../cliError.ts';

/** Where the app is, and what shows who we are. */
export interface Target {
  /** Without a slash at its end. */
  readonly baseUrl: string;
  readonly key: string | undefined;
  readonly token: string | undefined;
}

/** What the platform of `npm start` left in its state folder. */
export interface LocalApp {
  readonly baseUrl: string;
  readonly functionKey: string;
}

export interface TargetOptions {
  readonly url?: string | undefined;
  readonly key?: string | undefined;
  readonly token?: string | undefined;
}

/** The port of `npm start`, when it is not known to run. */
const defaultUrl = 'http://127.0.0.1:7071';

const isThisMachine = ({ hostname }: URL): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);

const like = 'it must be like https://my-bridge.azurewebsites.net';

/** @throws usage error for an address that could not be the app's, or to which a key must not go. */
export const readUrl = (text: string): string => {
  if (!URL.canParse(text)) throw usageError(`The address "${text}" cannot be read; ${like}.`);
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw usageError(`The address begins with "${url.protocol}"; ${like}.`);
  }
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    throw usageError(
      `The address has more than a name and a path; ${like}, and the key goes into BRIDGE_KEY or --key.`,
    );
  }
  if (url.protocol === 'http:' && !isThisMachine(url)) {
    throw usageError(`The address ${url.origin} is http; the key would travel in clear, so use https.`);
  }
  return url.origin + url.pathname.replace(/\/(api\/?)?$/, '');
};

/** Printable ASCII without spaces: all that a header may carry of a key or token. */
const readSecret = (text: string | undefined, name: string): string | undefined => {
  if (text === undefined || text === '') return undefined;
  if (/^[!-~]+$/.test(text)) return text;
  throw usageError(`The ${name} has spaces or characters that no ${name} has; copy it again.`);
};

/**
 * Flags win over the environment, and both over the platform of `npm start`. Its key goes to its own address and to
 * no other.
 */
export const resolveTarget = (
  flags: TargetOptions,
  environment: Readonly<Record<string, string | undefined>>,
  local: LocalApp | undefined,
): Target => {
  const baseUrl = readUrl(
    flags.url ?? (environment['BRIDGE_URL'] || undefined) ?? local?.baseUrl ?? defaultUrl,
  );
  const token = readSecret(flags.token ?? environment['BRIDGE_TOKEN'], 'token');
  const given = readSecret(flags.key ?? environment['BRIDGE_KEY'], 'key');
  const own = local !== undefined && readUrl(local.baseUrl) === baseUrl ? local.functionKey : undefined;
  return { baseUrl, key: given ?? (token === undefined ? own : undefined), token };
};
