import { createHmac, timingSafeEqual } from 'node:crypto';

/** The fields of a shared access signature token (Service Bus documentation, "Shared access signature"). */
export interface SasToken {
  /** URI the token is good for, still URL-encoded: that text is what was signed. */
  readonly encodedResource: string;
  readonly signature: string;
  /** Seconds since 1970. */
  readonly expirySeconds: number;
  readonly keyName: string;
}

const scheme = 'SharedAccessSignature ';

/** Undefined when the text is no such token. */
export const parseSasToken = (text: string): SasToken | undefined => {
  if (!text.startsWith(scheme)) return undefined;
  const fields = new Map(
    text
      .slice(scheme.length)
      .split('&')
      .map((field): [string, string] => {
        const separator = field.indexOf('=');
        return [field.slice(0, separator), field.slice(separator + 1)];
      }),
  );
  const [encodedResource, signature, expiry, keyName] = ['sr', 'sig', 'se', 'skn'].map((name) =>
    fields.get(name),
  );
  if (encodedResource === undefined || signature === undefined || keyName === undefined) return undefined;
  if (expiry === undefined || !/^\d+$/.test(expiry)) return undefined;
  return {
    encodedResource,
    signature: decodeURIComponent(signature),
    expirySeconds: Number(expiry),
    keyName: decodeURIComponent(keyName),
  };
};

export const isSignedWith = (token: SasToken, key: string): boolean => {
  const signed = `${token.encodedResource}\n${token.expirySeconds}`;
  const expected = createHmac('sha256', key).update(signed).digest();
  const given = Buffer.from(token.signature, 'base64');
  return given.length === expected.length && timingSafeEqual(given, expected);
};
