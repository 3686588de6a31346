import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maxBodyBytes } from '../../../shared/notification/limits.ts';
import { readBody } from '../../../shared/notification/readBody.ts';
import { isRefusal } from '../../../shared/notification/readNotification.ts';
import { refusals } from '../../../shared/notification/refusal.ts';
import { bytesOf, contextWith, jsonHeaders, notificationWith, read } from '../../support/contexts.ts';

const codeOf = (body: unknown, headers = jsonHeaders): string | undefined => {
  const result = read(body, headers);
  return isRefusal(result) ? result.code : undefined;
};

const faultsOf = (body: unknown) => {
  const result = read(body);
  return isRefusal(result) ? result.faults : undefined;
};

const nestedContexts = (levels: number): string =>
  `{"MessageName":"a","PrimaryEntityName":"b","PrimaryEntityId":"00000000-0000-0000-0000-000000000000"${',"ParentContext":{"Depth":1'.repeat(levels)}${'}'.repeat(levels)}}`;

describe('a notification', () => {
  it('is read for what identifies it', () => {
    expect(notificationWith()).toMatchObject({
      endpoint: 'orders',
      messageName: 'Create',
      primaryEntityName: 'account',
      primaryEntityId: 'c0ffee00-0000-4000-8000-000000000001',
      operationId: '11111111-2222-4333-8444-555555555555',
      operationCreatedOn: new Date(1764000000000),
      depth: 1,
      stage: 40,
      organization: 'orgtests',
      owningExtensionId: '99999999-2222-4333-8444-555555555555',
      sizeExceeded: false,
    });
  });

  it('keeps the received bytes (A-2)', () => {
    const body = bytesOf(
      '\uFEFF{"MessageName" : "a", "PrimaryEntityName":"b","PrimaryEntityId":"00000000-0000-0000-0000-000000000000", "n": 1.10 }',
    );
    const result = read(body);
    expect('body' in result && result.body).toBe(body);
  });

  it('needs three members and nothing else (R-6)', () => {
    expect(
      codeOf({
        MessageName: 'a',
        PrimaryEntityName: 'b',
        PrimaryEntityId: '00000000-0000-0000-0000-000000000000',
      }),
    ).toBeUndefined();
    expect(faultsOf({})).toEqual([
      { pointer: '/MessageName', detail: 'is missing' },
      { pointer: '/PrimaryEntityName', detail: 'is missing' },
      { pointer: '/PrimaryEntityId', detail: 'is missing' },
    ]);
  });

  it('may have null for every optional member, and members nobody knows', () => {
    const optional = Object.keys(contextWith()).filter(
      (name) => !['MessageName', 'PrimaryEntityName', 'PrimaryEntityId'].includes(name),
    );
    const nulls = Object.fromEntries(optional.map((name) => [name, null]));
    expect(
      codeOf(contextWith({ ...nulls, ParentContext: null, BusinessEventId: 'x', ControlNumber: 5637144576 })),
    ).toBeUndefined();
  });

  it('takes the organization from the header, else from the body', () => {
    const withHeader = notificationWith(
      {},
      { ...jsonHeaders, 'x-ms-dynamics-organization': 'fabrikam.crm4.dynamics.com' },
    );
    expect(withHeader.organization).toBe('fabrikam.crm4.dynamics.com');
    expect(notificationWith().organization).toBe('orgtests');
  });

  it('knows by a header that Dataverse cut it', () => {
    expect(notificationWith({}, { ...jsonHeaders, 'x-ms-dynamics-msg-size-exceeded': '' }).sizeExceeded).toBe(
      true,
    );
  });

  it('makes texts harmless before they become columns and properties', () => {
    expect(notificationWith({ InitiatingUserAgent: 'a\u0000b\ud800c' }).initiatingUserAgent).toBe(
      'a\uFFFDb\uFFFDc',
    );
    expect(notificationWith({ InitiatingUserAgent: 'x'.repeat(5000) }).initiatingUserAgent).toHaveLength(512);
  });
});

describe('what is refused', () => {
  it.each([
    ['text/plain', 'ContentTypeUnsupported'],
    ['application/xml', 'ContentTypeUnsupported'],
    ['application/jsonx', 'ContentTypeUnsupported'],
    ['application/json; charset=utf-8', undefined],
    ['Application/JSON', undefined],
    ['text/json', undefined],
    ['application/cloudevents+json', undefined],
  ])('by content type %s: %s (R-3)', (contentType, code) => {
    expect(codeOf(contextWith(), { 'content-type': contentType })).toBe(code);
  });

  it('without a content type counts as JSON (R-3)', () => {
    expect(codeOf(contextWith(), {})).toBeUndefined();
  });

  it('is a compressed body (R-3)', () => {
    expect(codeOf(contextWith(), { ...jsonHeaders, 'content-encoding': 'gzip' })).toBe(
      'ContentEncodingUnsupported',
    );
    expect(codeOf(contextWith(), { ...jsonHeaders, 'content-encoding': 'identity' })).toBeUndefined();
  });

  it('is a body beyond the limit, by one byte (R-4)', () => {
    const frame = JSON.stringify(contextWith({ Filler: '' })).length;
    const filled = (bytes: number) => contextWith({ Filler: 'x'.repeat(bytes - frame) });
    expect(codeOf(filled(maxBodyBytes))).toBeUndefined();
    expect(codeOf(filled(maxBodyBytes + 1))).toBe('BodyTooLarge');
  });

  it.each([
    ['', 'nothing'],
    ['{', 'half an object'],
    ['{"a":1}}', 'too much'],
    ["{'a':1}", 'single quotes'],
  ])('is %j: %s is not JSON (R-5)', (body) => {
    expect(codeOf(body)).toBe('BodyNotJson');
  });

  it.each([
    ['{"telephone1": secret}', 'The body has no value (byte 15).'],
    ['{"telephone1": "secret', 'The body ends inside a string (byte 15).'],
    ['{"a": {"secret": 1,}}', 'The body has a member without a quoted name (byte 19).'],
    ['secret', 'The body has no value (byte 0).'],
    [new Uint8Array([0x7b, 0xff, 0x7d]), 'The body is not UTF-8.'],
  ])('is told by what is wrong and where, and not a word of it is quoted (R-5): %s', (body, detail) => {
    const read = readBody(typeof body === 'string' ? new TextEncoder().encode(body) : body);
    expect(read).toMatchObject({ code: 'BodyNotJson', detail });
  });

  it('is a body that is not UTF-8 (R-5)', () => {
    expect(codeOf(new Uint8Array([0x7b, 0xff, 0xfe, 0x7d]))).toBe('BodyNotJson');
    expect(codeOf(new Uint8Array(Buffer.from(JSON.stringify(contextWith()), 'utf16le')))).toBe('BodyNotJson');
  });

  it.each([[null], [1], ['text'], [[]], [true]])('is %j: JSON, but no object (R-6)', (value) => {
    expect(codeOf(JSON.stringify(value))).toBe('ContextInvalid');
  });

  it('is told with a pointer to each fault (R-6)', () => {
    const faulty = contextWith({
      PrimaryEntityId: 'no guid',
      Depth: 'deep',
      InputParameters: [{ key: 'a' }, { Key: 'b' }],
      ParentContext: { Stage: 'late' },
    });
    const pointers = faultsOf(faulty)?.map(({ pointer }) => pointer);
    expect(pointers).toEqual(
      expect.arrayContaining([
        '/PrimaryEntityId',
        '/Depth',
        '/InputParameters/1/key',
        '/ParentContext/Stage',
      ]),
    );
  });

  it('is told with the first fault only when it is large (R-6)', () => {
    const faulty = contextWith({ InputParameters: Array.from({ length: 10_000 }, () => 0) });
    expect(faultsOf(faulty)).toEqual([{ pointer: '/InputParameters/0', detail: 'must be object' }]);
  });

  it('lists at most twenty faults and counts the rest (R-6)', () => {
    const result = read(contextWith({ InputParameters: Array.from({ length: 100 }, () => ({})) }));
    expect(isRefusal(result) && result.faults).toHaveLength(20);
    expect(isRefusal(result) && result.detail).toContain('80 further faults');
  });

  it('is nested deeper than any real operation (R-6)', () => {
    expect(codeOf(nestedContexts(64))).toBeUndefined();
    expect(codeOf(nestedContexts(65))).toBe('ContextInvalid');
    expect(codeOf(nestedContexts(25_000))).toBe('ContextInvalid');
  });

  it.each(['', 'a b\u0001', 'ü', 'x'.repeat(256), ' x'])('is the idempotency key %j (A-4)', (key) => {
    expect(codeOf(contextWith(), { ...jsonHeaders, 'idempotency-key': key })).toBe('IdempotencyKeyInvalid');
  });

  it('never throws, whatever bytes come', () => {
    const anyBody = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.json().map(bytesOf),
      fc
        .dictionary(fc.constantFrom(...Object.keys(contextWith()), 'ParentContext'), fc.jsonValue())
        .map((members) => bytesOf(contextWith(members))),
    );
    fc.assert(
      fc.property(anyBody, (body) => {
        const result = read(body);
        if (isRefusal(result)) expect(Object.keys(refusals)).toContain(result.code);
        else expect(result.messageName).not.toBe('');
      }),
      { numRuns: 2000 },
    );
  });
});
