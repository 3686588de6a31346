import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Contract, RelayListener } from '../../../shared/endpoint/serviceEndpoint.ts';
import { claimName } from '../../../shared/message/claims.ts';
import type { OutgoingMessage } from '../../../shared/message/outgoingMessage.ts';
import { relayRequest } from '../../../shared/message/relayRequest.ts';
import { bytesOf } from '../../support/contexts.ts';

const address = 'https://relay.example/listener';

const message: OutgoingMessage = {
  messageId: 'job-1',
  correlationId: 'correlation-1',
  contentType: 'application/json',
  body: bytesOf('{"Depth":1}'),
  applicationProperties: {},
};

const requestOf = (contract: Contract, listener?: RelayListener, changes: Partial<OutgoingMessage> = {}) =>
  relayRequest(
    { ...message, ...changes },
    { endpoint: { contract, ...(listener === undefined ? {} : { listener }) }, address, token: 'the token' },
  );

const headersOf = (applicationProperties: OutgoingMessage['applicationProperties']) =>
  requestOf('rest', 'hybridConnection', { applicationProperties }).headers;

describe('the request to a Hybrid Connection', () => {
  it.each([undefined, 'hybridConnection'] as const)('posts the body as it is (%s)', (listener) => {
    for (const contract of ['oneWay', 'twoWay', 'rest'] as const) {
      expect(requestOf(contract, listener)).toEqual({
        url: address,
        headers: {
          'content-type': 'application/json',
          'message-id': 'job-1',
          'x-ms-correlation-request-id': 'correlation-1',
        },
        body: message.body,
      });
    }
  });

  it('names no correlation where there is none', () => {
    const { headers } = requestOf('rest', undefined, { correlationId: undefined });
    expect(headers).not.toHaveProperty('x-ms-correlation-request-id');
  });

  it("carries the facts under the names of Dataverse's webhook headers", () => {
    expect(
      headersOf({
        [claimName('Organization')]: 'https://fabrikam.example/',
        [claimName('EntityLogicalName')]: 'account',
        [claimName('RequestName')]: 'Create',
        MessageMaxSizeExceeded: true,
        traceparent: '00-1-2-01',
      }),
    ).toMatchObject({
      'x-ms-dynamics-organization': 'fabrikam.example',
      'x-ms-dynamics-entity-name': 'account',
      'x-ms-dynamics-request-name': 'Create',
      'x-ms-dynamics-msg-size-exceeded': 'true',
      traceparent: '00-1-2-01',
    });
  });

  it('has no headers for other properties, whatever their names', () => {
    const few = ['content-type', 'message-id', 'x-ms-correlation-request-id'];
    const others = { name: 'Fabrikam', constructor: 'x', [claimName('User')]: 'x', RequestName: 'x' };
    expect(Object.keys(headersOf(others))).toEqual(few);
  });

  it('has headers of printable ASCII only, which keep what was said', () => {
    const named = (text: string) =>
      headersOf({ [claimName('RequestName')]: text })['x-ms-dynamics-request-name'];
    expect(named('plain (text) 100%')).toBe('plain (text) 100%');
    expect(named('Gr\u00FC\u00DFe \u{1F600}\r\n')).toBe('Gr%C3%BC%C3%9Fe %F0%9F%98%80%0D%0A');
    expect(named('lone \uD83D')).toBe('lone %EF%BF%BD');
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(named(text)).toMatch(/^[\x20-\x7e]*$/);
      }),
    );
  });
});

describe('the request to a listener of Windows Communication Foundation', () => {
  it('of contract rest goes to its operation', () => {
    const { url, body } = requestOf('rest', 'wcf');
    expect(url).toBe(`${address}/Execute`);
    expect(body).toBe(message.body);
  });

  it.each([
    ['oneWay', 'IServiceEndpointPlugin'],
    ['twoWay', 'ITwoWayServiceEndpointPlugin'],
  ] as const)('of contract %s is a SOAP envelope for %s', (contract, name) => {
    const xml = { contentType: 'application/xml', body: bytesOf('<RemoteExecutionContext/>') };
    const { url, headers, body } = requestOf(contract, 'wcf', xml);
    const action = `http://schemas.microsoft.com/xrm/2011/Contracts/${name}/Execute`;
    expect(url).toBe(address);
    expect(headers).toMatchObject({
      'content-type': `application/soap+xml; charset=utf-8; action="${action}"`,
      'message-id': 'job-1',
    });
    const envelope = new TextDecoder().decode(body);
    expect(envelope).toContain(`<a:Action s:mustUnderstand="1">${action}</a:Action>`);
    expect(envelope).toContain(btoa('the token'));
    expect(envelope).toContain('<executionContext/>');
  });
});
