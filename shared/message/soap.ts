import { contractsNamespace } from '../context/contracts/namespaces.ts';

/**
 * SOAP 1.2 as listeners with WS2007HttpRelayBinding expect it: transport security, WS-Addressing 1.0. Interfaces and
 * operation are those of Dataverse's samples (`IServiceEndpointPlugin.Execute`, `ITwoWayServiceEndpointPlugin.Execute`).
 */
const interfaces = { oneWay: 'IServiceEndpointPlugin', twoWay: 'ITwoWayServiceEndpointPlugin' } as const;

const soap = 'http://www.w3.org/2003/05/soap-envelope';
const addressing = 'http://www.w3.org/2005/08/addressing';
/** WS-Security 1.0: schemas and encodings have different stems. */
const security = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss';

const escape = (text: string): string =>
  text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);

/** The token of the relay inside the envelope; relays take it there or from the HTTP header. */
const accessToken = (token: string): string =>
  `<RelayAccessToken xmlns="http://schemas.microsoft.com/netservices/2009/05/servicebus/connect">` +
  `<wsse:BinarySecurityToken xmlns:wsse="${security}-wssecurity-secext-1.0.xsd" ` +
  `xmlns:wsu="${security}-wssecurity-utility-1.0.xsd" ` +
  `wsu:Id="relay" ValueType="http://schemas.xmlsoap.org/ws/2009/11/swt-token-profile-1.0" ` +
  `EncodingType="${security}-soap-message-security-1.0#Base64Binary">${btoa(token)}</wsse:BinarySecurityToken>` +
  `</RelayAccessToken>`;

export interface Envelope {
  readonly contract: 'oneWay' | 'twoWay';
  readonly address: string;
  readonly messageId: string;
  readonly token?: string;
  /** The context as text XML, root element `RemoteExecutionContext`. */
  readonly context: string;
}

const rootName = 'RemoteExecutionContext';

/** The context as the operation's parameter: the same element under the parameter's name. */
const asParameter = (context: string): string =>
  context
    .replace(`<${rootName}`, '<executionContext')
    .replace(new RegExp(`</${rootName}>$`), '</executionContext>');

export const soapAction = (contract: 'oneWay' | 'twoWay'): string =>
  `${contractsNamespace}/${interfaces[contract]}/Execute`;

export const soapEnvelope = ({ contract, address, messageId, token, context }: Envelope): string =>
  `<s:Envelope xmlns:s="${soap}" xmlns:a="${addressing}"><s:Header>` +
  `<a:Action s:mustUnderstand="1">${soapAction(contract)}</a:Action>` +
  `<a:MessageID>urn:x-job:${messageId}</a:MessageID>` +
  `<a:ReplyTo><a:Address>${addressing}/anonymous</a:Address></a:ReplyTo>` +
  `<a:To s:mustUnderstand="1">${escape(address)}</a:To>${token === undefined ? '' : accessToken(token)}</s:Header>` +
  `<s:Body><Execute xmlns="${contractsNamespace}">${asParameter(context)}</Execute></s:Body></s:Envelope>`;

const entities: ReadonlyMap<string, string> = new Map(
  Object.entries({ lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }),
);

const unescape = (text: string): string =>
  text.replace(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w+));/gi,
    (all, hex?: string, decimal?: string, name?: string) => {
      if (name !== undefined) return entities.get(name) ?? all;
      const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : '\uFFFD';
    },
  );

/** Text of the first element with this local name that holds only text; '' for an empty one. */
const textOfElement = (xml: string, name: string): string | undefined => {
  const found = new RegExp(`<(?:[\\w.-]+:)?${name}(?:\\s[^<>]*?)?(?:/>|>([^<]*)</)`).exec(xml);
  return found === null ? undefined : unescape(found[1] ?? '');
};

/** What the operation returned: in an envelope, or bare as the REST binding has it. */
export const returnedString = (xml: string): string | undefined =>
  textOfElement(xml, 'ExecuteResult') ?? textOfElement(xml, 'string');

/** The words of a `ServiceEndpointFault`, by which a listener refuses; undefined for other faults. */
export const serviceEndpointFault = (xml: string): string | undefined => {
  if (!/<(?:[\w.-]+:)?ServiceEndpointFault[\s/>]/.test(xml)) return undefined;
  const texts = [textOfElement(xml, 'Message'), textOfElement(xml, 'Text')];
  return texts.find((text) => text !== undefined && text.trim() !== '') ?? 'ServiceEndpointFault';
};
