import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  returnedString,
  serviceEndpointFault,
  soapAction,
  soapEnvelope,
} from '../../../shared/message/soap.ts';

const contracts = 'http://schemas.microsoft.com/xrm/2011/Contracts';
const contextOf = (content: string) =>
  `<RemoteExecutionContext xmlns="${contracts}">${content}</RemoteExecutionContext>`;

const envelopeOf = (context = contextOf('<Depth>1</Depth>'), address = 'https://relay.example/a') =>
  soapEnvelope({ contract: 'twoWay', address, messageId: 'job-1', token: 'sr=x&sig="y"', context });

describe('a SOAP envelope', () => {
  it("has the action of the sample listener's operation", () => {
    expect(soapAction('oneWay')).toBe(`${contracts}/IServiceEndpointPlugin/Execute`);
    expect(soapAction('twoWay')).toBe(`${contracts}/ITwoWayServiceEndpointPlugin/Execute`);
    expect(envelopeOf()).toContain(`>${soapAction('twoWay')}</a:Action>`);
  });

  it("carries the context as the operation's parameter", () => {
    expect(envelopeOf()).toContain(
      `<s:Body><Execute xmlns="${contracts}">` +
        `<executionContext xmlns="${contracts}"><Depth>1</Depth></executionContext></Execute></s:Body></s:Envelope>`,
    );
  });

  it('renames the root of the context and nothing inside it', () => {
    const inner = '<ParentContext><RemoteExecutionContext>$&amp;</RemoteExecutionContext></ParentContext>';
    expect(envelopeOf(contextOf(inner))).toContain(`${inner}</executionContext></Execute>`);
  });

  it('escapes the address', () => {
    expect(envelopeOf(undefined, 'https://x/?a=1&b="<>"')).toContain(
      '<a:To s:mustUnderstand="1">https://x/?a=1&#38;b=&#34;&#60;&#62;&#34;</a:To>',
    );
  });

  it('carries the token of the relay as WS-Security spells it', () => {
    const stem = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss';
    const envelope = envelopeOf();
    expect(envelope).toContain(`xmlns:wsse="${stem}-wssecurity-secext-1.0.xsd"`);
    expect(envelope).toContain(`xmlns:wsu="${stem}-wssecurity-utility-1.0.xsd"`);
    expect(envelope).toContain(`EncodingType="${stem}-soap-message-security-1.0#Base64Binary"`);
    expect(envelope).toContain(`>${btoa('sr=x&sig="y"')}</wsse:BinarySecurityToken>`);
  });
});

const soapAnswer = (body: string) =>
  `<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Body>${body}</s:Body></s:Envelope>`;

const executed = (result: string) =>
  soapAnswer(`<ExecuteResponse xmlns="${contracts}">${result}</ExecuteResponse>`);

describe('the string that an operation returned', () => {
  it.each([
    ['in an envelope', executed('<ExecuteResult>done</ExecuteResult>'), 'done'],
    ['with a prefix', executed('<b:ExecuteResult xmlns:b="x">done</b:ExecuteResult>'), 'done'],
    ['bare', '<string xmlns="http://schemas.microsoft.com/2003/10/Serialization/">done</string>', 'done'],
    ['over several lines', executed('<ExecuteResult>\none\r\ntwo </ExecuteResult>'), '\none\r\ntwo '],
    ['that is empty', executed('<ExecuteResult></ExecuteResult>'), ''],
    ['without content', executed('<ExecuteResult/>'), ''],
    ['that is null', executed('<ExecuteResult i:nil="true" xmlns:i="x"/>\n  '), ''],
    ['that is null, before other text', '<string i:nil="true"/>other</x>', ''],
    [
      'with entities',
      executed('<ExecuteResult>&lt;a&gt; &amp;amp; &quot;&apos;</ExecuteResult>'),
      '<a> &amp; "\'',
    ],
    [
      'with numbered characters',
      executed('<ExecuteResult>&#65;&#x42;&#X1f600;</ExecuteResult>'),
      'AB\u{1F600}',
    ],
    [
      'with impossible characters',
      executed('<ExecuteResult>&#1114112;&#xffffff;</ExecuteResult>'),
      '\uFFFD\uFFFD',
    ],
    [
      'with entities that nobody declared',
      executed('<ExecuteResult>&nbsp;&constructor;&toString;</ExecuteResult>'),
      '&nbsp;&constructor;&toString;',
    ],
  ])('is found %s', (_kind, xml, expected) => {
    expect(returnedString(xml)).toBe(expected);
  });

  it.each([
    '',
    'done',
    '<html><body>done</body></html>',
    '<strings>a</strings>',
    '<string>',
    '<a string="x"/>',
  ])('is not found in %j', (text) => {
    expect(returnedString(text)).toBeUndefined();
  });
});

const faultOf = (detail: string, reason = 'The creator of this fault did not specify a Reason.') =>
  soapAnswer(
    `<s:Fault><s:Code><s:Value>s:Sender</s:Value></s:Code>` +
      `<s:Reason><s:Text xml:lang="en-US">${reason}</s:Text></s:Reason><s:Detail>${detail}</s:Detail></s:Fault>`,
  );

describe('a fault by which a listener refuses', () => {
  it('is known by its message', () => {
    const fault =
      `<ServiceEndpointFault xmlns="${contracts}"><ErrorCode>-1</ErrorCode>` +
      `<ErrorDetails><KeyValuePairOfstringanyType/></ErrorDetails>` +
      `<Message>No such customer &amp; no order</Message></ServiceEndpointFault>`;
    expect(serviceEndpointFault(faultOf(fault))).toBe('No such customer & no order');
    expect(serviceEndpointFault(faultOf(fault.replaceAll(/<(\/?)(?=[A-Z])/g, '<$1b:')))).toBe(
      'No such customer & no order',
    );
  });

  it.each([
    `<ServiceEndpointFault xmlns="${contracts}"/>`,
    '<ServiceEndpointFault><Message i:nil="true"/></ServiceEndpointFault>',
    '<ServiceEndpointFault><Message>\n  </Message></ServiceEndpointFault>',
  ])('without words of its own is known by its reason: %s', (fault) => {
    expect(serviceEndpointFault(faultOf(fault, 'Try elsewhere'))).toBe('Try elsewhere');
  });

  it('is a fault even if it says nothing', () => {
    expect(serviceEndpointFault('<ServiceEndpointFault/>')).toBe('ServiceEndpointFault');
  });

  it.each([
    faultOf('<ExceptionDetail><Message>Object reference</Message></ExceptionDetail>'),
    'ServiceEndpointFault',
    '<NotServiceEndpointFault/>',
    '<ServiceEndpointFaults/>',
    '',
  ])('is not any other answer: %s', (text) => {
    expect(serviceEndpointFault(text)).toBeUndefined();
  });
});

describe('reading an answer', () => {
  const pieces = [
    '<',
    '>',
    '/',
    '/>',
    '</',
    ':',
    '&',
    ';',
    '&#x',
    ' ',
    '"',
    'a',
    'string',
    'ExecuteResult',
    'Message',
    'ServiceEndpointFault',
  ];

  it('never fails, whatever came', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(fc.constantFrom(...pieces), { maxLength: 60 }).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(text, (xml) => {
        expect(['string', 'undefined']).toContain(typeof returnedString(xml));
        expect(['string', 'undefined']).toContain(typeof serviceEndpointFault(xml));
      }),
    );
  });

  // A search that took quadratic time would need hours for any of these, and fail by the test's time limit.
  it.each([
    '<',
    '<a',
    '<a:',
    '<string',
    '<string ',
    '<string a="/>',
    '<string>',
    '<string>a</',
    '<a.a-a:string ',
    '&',
    '&a',
    '&#x1',
    ' ',
    ':',
  ])('stays quick on a megabyte and more of %j', (piece) => {
    const many = piece.repeat(Math.ceil(2 ** 21 / piece.length));
    const hostile = [
      many,
      `<string ${many}`,
      `<string>${many}`,
      `<${many}`,
      `<ServiceEndpointFault>${many}`,
      `<Message ${many}`,
    ];
    for (const xml of hostile) {
      expect(['string', 'undefined']).toContain(typeof returnedString(xml));
      expect(['string', 'undefined']).toContain(typeof serviceEndpointFault(xml));
    }
  });
});
