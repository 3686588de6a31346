const removed = '[removed]';

/** What may stand in the value of a query parameter, a part of a connection string or a token. */
const value = '[^\\s&;,"\'<>{}\\\\]+';

/**
 * Where Azure's texts have secrets: each pattern has what leads to the secret as its first group, and the secret behind
 * it. Names are those of connection strings, of shared access signatures, of function keys, of OAuth and of headers.
 */
const patterns: readonly RegExp[] = [
  // Authorization: Bearer eyJ..., ServiceBusAuthorization: SharedAccessSignature sr=...&sig=..., also as JSON.
  /((?:service-?bus-?)?authorization\\?["']?\s*[:=]\s*\\?["']?)[^\r\n"'\\]+/gi,
  new RegExp(
    `((?:x-functions-key|x-ms-client-secret|ocp-apim-subscription-key)\\\\?["']?\\s*[:=]\\s*\\\\?["']?)${value}`,
    'gi',
  ),
  /(SharedAccessSignature(?:%20|\+|\s)+)sr(?:=|%3d)[^\s"'<>;,\\]+/gi,
  new RegExp(
    `((?:SharedAccessKey|AccountKey|SharedAccessSignature|SharedSecretValue|client_?secret|client_assertion|password|pwd|passphrase|access_?token|refresh_?token|id_?token|sb-hc-token|api-?key|master-?key|function-?key)\\\\?["']?\\s*(?:=|%3d|:)\\s*\\\\?["']?)${value}`,
    'gi',
  ),
  new RegExp(`((?:[?&;]|%26|%3f|\\b)sig(?:=|%3d))${value}`, 'gi'),
  new RegExp(`((?:[?&]|%26|%3f)code(?:=|%3d))${value}`, 'gi'),
  /(\bBearer\s+)[\w.~+/=-]{8,}/gi,
  /(\bBasic\s+)[A-Za-z0-9+/=]{8,}/g,
  // A JSON Web Token, wherever it stands.
  /()\beyJ[\w-]{6,}\.[\w-]{6,}(?:\.[\w-]*)?/g,
  // https://user:password@host
  /(:\/\/[^\s/:@"'<>]*:)[^\s/@"'<>]+(?=@)/g,
];

/**
 * A text from outside without what opens doors: keys, signatures, tokens and passwords, as SDKs, brokers and listeners
 * quote them in their errors. What leads to the secret stays, so that one sees which it was.
 */
export const withoutSecrets = (text: string): string =>
  patterns.reduce((kept, pattern) => kept.replace(pattern, `$1${removed}`), text);

/** The same for texts that may also quote these secrets, as they are or escaped for an address. */
export const withoutTheseSecrets = (secrets: readonly string[]): ((text: string) => string) => {
  const known = [...new Set(secrets.flatMap((secret) => [secret, encodeURIComponent(secret)]))]
    .filter((secret) => secret.length >= 8)
    .sort((one, other) => other.length - one.length);
  return (text) => withoutSecrets(known.reduce((kept, secret) => kept.replaceAll(secret, removed), text));
};
