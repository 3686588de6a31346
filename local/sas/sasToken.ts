import { createHmac, timingSafeEqual } from 'node:crypto';

/** The fields of a shared access signature token (Service Bus documentation, "Shared access signature"). */
export interface SasToken {
  /** URI the token is good for. */
  readonly resource: string;
  /** The same, still URL-encoded: that text is what was signed. */
  readonly encodedResource: string;
  readonly signature: string;
  /** Seconds since 1970. */
  readonly expirySeconds: number;
  readonly keyName: string;
}

const scheme = 'SharedAccessSignature ';

/** Undefined for a text that no encoder would write. */
const decoded = (text: string): string | undefined => {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
};

const fieldsOf = (text: string): ReadonlyMap<string, string> =>
  new Map(
    text.split('&').map((field): [string, string] => {
      const separator = field.indexOf('=');
      return [field.slice(0, separator), field.slice(separator + 1)];
    }),
  );

/** The latest time that a `Date` can hold: a refusal writes the expiry as one. */
const latestSeconds = 8_640_000_000_000;

/** Undefined when the text is no such token. */
export const parseSasToken = (text: string): SasToken | undefined => {
  if (!text.startsWith(scheme)) return undefined;
  const fields = fieldsOf(text.slice(scheme.length));
  const [encodedResource, expiry] = [fields.get('sr'), fields.get('se')];
  const [resource, signature, keyName] = ['sr', 'sig', 'skn'].map((name) => decoded(fields.get(name) ?? ''));
  if (encodedResource === undefined || resource === undefined) return undefined;
  if (signature === undefined || signature === '' || keyName === undefined || keyName === '')
    return undefined;
  if (expiry === undefined || !/^\d+$/.test(expiry)) return undefined;
  const expirySeconds = Number(expiry);
  if (expirySeconds > latestSeconds) return undefined;
  return { resource, encodedResource, signature, expirySeconds, keyName };
};

const signatureOf = (encodedResource: string, expirySeconds: number, secret: string): Buffer =>
  createHmac('sha256', secret).update(`${encodedResource}\n${expirySeconds}`).digest();

export const isSignedWith = (token: SasToken, secret: string): boolean => {
  const expected = signatureOf(token.encodedResource, token.expirySeconds, secret);
  const given = Buffer.from(token.signature, 'base64');
  return given.length === expected.length && timingSafeEqual(given, expected);
};

/** What a client signs with. */
export interface Signer {
  readonly keyName: string;
  readonly secret: string;
}

/** Makes a token for `resource` that is good until `expirySeconds` (since 1970). */
export const makeSasToken = (
  resource: string,
  { keyName, secret }: Signer,
  expirySeconds: number,
): string => {
  const encodedResource = encodeURIComponent(resource);
  const signature = signatureOf(encodedResource, expirySeconds, secret).toString('base64');
  const fields = [
    `sr=${encodedResource}`,
    `sig=${encodeURIComponent(signature)}`,
    `se=${expirySeconds}`,
    `skn=${encodeURIComponent(keyName)}`,
  ];
  return `${scheme}${fields.join('&')}`;
};
