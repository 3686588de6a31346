import { describe, expect, it } from 'vitest';
import { captures, whyNoCaptures } from '../../support/captures.ts';
import { read } from '../../support/contexts.ts';

describe.skipIf(captures.length === 0)(`a captured notification${whyNoCaptures}`, () => {
  it.each(captures)('$name is accepted (R-6)', ({ body }) => {
    expect(read(body)).toMatchObject({ messageName: expect.any(String) as string });
  });
});
