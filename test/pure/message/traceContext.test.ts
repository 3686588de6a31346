import { describe, expect, it } from 'vitest';
import { traceProperties } from '../../../shared/message/traceContext.ts';
import { readDataverseHeaders } from '../../../shared/notification/headers.ts';
import { jobWith, nth } from '../../support/jobs.ts';

const given = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00';

describe('the trace context of a message', () => {
  it('is that of the notification, for consumers of both kinds (M-10)', () => {
    expect(traceProperties(jobWith({}, { traceParent: given }))).toEqual({
      traceparent: given,
      'Diagnostic-Id': given,
    });
  });

  it('is made from the job where the notification has none, and is well-formed', () => {
    const { traceparent = null, ...others } = traceProperties(jobWith());
    expect(readDataverseHeaders(() => traceparent).traceParent).toBe(traceparent);
    expect(others).toEqual({ 'Diagnostic-Id': traceparent });
  });

  it('is the same on every attempt, and another for every job (M-10)', () => {
    expect(traceProperties(jobWith(nth(1)))).toEqual(traceProperties(jobWith(nth(1), { attemptCount: 7 })));
    expect(traceProperties(jobWith(nth(1)))).not.toEqual(traceProperties(jobWith(nth(2))));
  });
});
