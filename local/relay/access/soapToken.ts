/**
 * The header `RelayAccessToken` of a SOAP envelope (namespace `http://schemas.microsoft.com/netservices/2009/05/servicebus/connect`):
 * in it a WS-Security `BinarySecurityToken` with the token in base 64. The shape is that of public clients of the relay;
 * Microsoft has no page on it.
 */
const relayAccessToken =
  /<(?:[\w.-]+:)?RelayAccessToken[\s>][\s\S]*?<(?:[\w.-]+:)?BinarySecurityToken[^>]*>\s*([A-Za-z0-9+/=\s]+?)\s*<\//;

/** Undefined when the body carries none. Only the start is searched: the header comes before the body of the envelope. */
export const soapToken = (body: Buffer): string | undefined => {
  const match = relayAccessToken.exec(body.subarray(0, 65_536).toString('utf8'));
  const encoded = match?.[1];
  return encoded === undefined ? undefined : Buffer.from(encoded, 'base64').toString('utf8');
};
