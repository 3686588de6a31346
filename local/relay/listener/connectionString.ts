import type { Signer } from '../../sas/sasToken.ts';

/** Where a relay namespace is, and by which key. */
export interface RelayNamespace {
  /** Host, with its port where that is not the usual one. */
  readonly host: string;
  /** False for a stand-in on this machine: it speaks plain HTTP. */
  readonly isSecure: boolean;
  readonly signer: Signer;
}

/** Only the first `=` separates: keys end with some of their own. */
const fieldsOf = (text: string): ReadonlyMap<string, string> =>
  new Map(
    text
      .split(';')
      .filter((part) => part.includes('='))
      .map((part) => [
        part.slice(0, part.indexOf('=')).trim().toLowerCase(),
        part.slice(part.indexOf('=') + 1).trim(),
      ]),
  );

/**
 * Reads a connection string as Azure shows it. `UseDevelopmentEmulator=true` means plain HTTP to the port that the endpoint names,
 * as the Service Bus client has it.
 *
 * @throws Error that names what is missing.
 */
export const parseConnectionString = (text: string): RelayNamespace => {
  const fields = fieldsOf(text);
  const need = (name: string): string => {
    const value = fields.get(name.toLowerCase());
    if (value === undefined || value === '') throw new Error(`The connection string has no '${name}'.`);
    return value;
  };
  const endpoint = need('Endpoint');
  const [, host] = /^(?:sb|https?):\/\/([^/]+)/i.exec(endpoint) ?? [];
  if (host === undefined)
    throw new Error(`The endpoint '${endpoint}' of the connection string is no address.`);
  return {
    host,
    isSecure: fields.get('usedevelopmentemulator')?.toLowerCase() !== 'true',
    signer: { keyName: need('SharedAccessKeyName'), secret: need('SharedAccessKey') },
  };
};
