import { describe, expect, it } from 'vitest';
import { readDataverseHeaders } from '../../../shared/notification/headers.ts';
import { jsonHeaders, notificationWith } from '../../support/contexts.ts';

const traceId = '0af7651916cd43dd8448eb211c80319c';
const spanId = 'b7ad6b7169203331';

const traceOf = (traceparent: string | null) =>
  readDataverseHeaders((name) => (name === 'traceparent' ? traceparent : null)).traceParent;

describe('the header traceparent', () => {
  it.each(['00', '01', 'ff'])('is kept as it is, with flags %s', (flags) => {
    const traceparent = `00-${traceId}-${spanId}-${flags}`;
    expect(traceOf(traceparent)).toBe(traceparent);
    expect(notificationWith({}, { ...jsonHeaders, traceparent }).traceParent).toBe(traceparent);
  });

  it.each([
    ['is absent', null],
    ['is empty', ''],
    ['has a trace of zeros', `00-${'0'.repeat(32)}-${spanId}-01`],
    ['has a span of zeros', `00-${traceId}-${'0'.repeat(16)}-01`],
    ['is in upper case', `00-${traceId.toUpperCase()}-${spanId}-01`],
    ['is of another version', `ff-${traceId}-${spanId}-01`],
    ['is too short', `00-${traceId.slice(1)}-${spanId}-01`],
    ['goes on', `00-${traceId}-${spanId}-01-x`],
    ['ends with a line break', `00-${traceId}-${spanId}-01\n`],
    ['is a list', `00-${traceId}-${spanId}-01, 00-${traceId}-${spanId}-01`],
  ])('counts as none when it %s', (_case, text) => {
    expect(traceOf(text)).toBeUndefined();
  });
});
