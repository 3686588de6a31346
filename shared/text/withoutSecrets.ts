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
  // A JSON Web Token, wherever it stands. From the start of its run of characters only: a hostile run of starts would be
  // read anew from each of them.
  /()(?<![\w-])eyJ[\w-]{6,}\.[\w-]{6,}(?:\.[\w-]*)?/g,
  // https://user:password@host
  /(:\/\/[^\s/:@"'<>]*:)[^\s/@"'<>]+(?=@)/g,
];

/** Longest text that is searched for secrets; what stands behind is left out. */
const longestSearched = 8192;

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

/**
 * The beginning of a text, with secrets removed by `redact`: far more than is kept of any, so that a secret that is cut in
 * two stands behind what is kept, and little enough that a text of megabytes costs no more than one of this length.
 */
export const beginningOf = (text: string, redact: (text: string) => string = withoutSecrets): string =>
  text.length > longestSearched ? `${redact(text.slice(0, longestSearched))} [cut]` : redact(text);
