import { describe, expect, it } from 'vitest';
import { answerOfListener } from '../../../shared/message/answerOfListener.ts';

const xml = '<string xmlns="http://schemas.microsoft.com/2003/10/Serialization/">a &amp; b</string>';

describe('the answer of a listener', () => {
  it.each([undefined, 'hybridConnection'] as const)('of a Hybrid Connection is its text (%s)', (listener) => {
    expect(answerOfListener('"quoted"', listener, 'text/plain')).toBe('"quoted"');
    expect(answerOfListener('"a JSON string"', listener, 'application/json')).toBe('a JSON string');
    expect(answerOfListener('{"no":"string"}', listener, 'application/json')).toBe('{"no":"string"}');
    expect(answerOfListener(xml, listener, 'application/xml')).toBe(xml);
    expect(answerOfListener('', listener, '')).toBe('');
  });

  it.each(['application/json', 'Application/JSON; charset=utf-8'])(
    'of Windows Communication Foundation is unpacked from JSON (%s)',
    (contentType) => {
      expect(answerOfListener('"a & \\"b\\""', 'wcf', contentType)).toBe('a & "b"');
    },
  );

  it.each(['application/xml; charset=utf-8', 'application/soap+xml', ''])(
    'of Windows Communication Foundation is unpacked from XML (%s)',
    (contentType) => {
      expect(answerOfListener(xml, 'wcf', contentType)).toBe('a & b');
      expect(answerOfListener('<string/>', 'wcf', contentType)).toBe('');
    },
  );

  it.each([
    ['{"not":"a string"}', 'application/json'],
    ['"torn', 'application/json'],
    ['null', 'application/json'],
    ['<html/>', 'text/html'],
    ['plain', 'text/plain'],
  ])('that is no serialized string, %s, is kept as it came', (text, contentType) => {
    expect(answerOfListener(text, 'wcf', contentType)).toBe(text);
  });
});
