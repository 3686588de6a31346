import { beforeEach, describe, expect, it, vi } from 'vitest';
import { ContextError } from '../../../shared/context/contextError.ts';
import { buildMessage } from '../../../shared/message/buildMessage.ts';
import { encodeContext, withoutMembers } from '../../../shared/message/encodeContext.ts';
import { bytesOf } from '../../support/contexts.ts';
import { jobWith } from '../../support/jobs.ts';
import { endpointWith } from '../../support/posting.ts';

/** The formats have tests of their own; here they only have to be used rightly. */
vi.mock('../../../shared/message/encodeContext.ts', () => ({
  contentTypes: { json: 'application/json', xml: 'application/xml', binary: 'application/msbin1' },
  encodeContext: vi.fn(),
  withoutMembers: vi.fn(),
}));

const large = bytesOf({ InputParameters: 'x'.repeat(200_000) });
const rest = bytesOf({ Depth: 1 });

const target = { Attributes: [{ key: 'name', value: 'Fabrikam' }] };
const largeUpdate = bytesOf({
  InputParameters: [{ key: 'Target', value: target }],
  ParentContext: 'x'.repeat(200_000),
});

beforeEach(() => {
  vi.mocked(encodeContext).mockImplementation((context) => context);
  vi.mocked(withoutMembers).mockReturnValue({ body: rest, removed: ['InputParameters'] });
});

describe('the message of a context that is too large', () => {
  it('says so, and what was left out (M-5)', () => {
    expect(buildMessage(jobWith(), large, endpointWith())).toMatchObject({
      kind: 'built',
      message: { body: rest, applicationProperties: { MessageMaxSizeExceeded: true } },
      stripped: ['InputParameters'],
    });
    expect(withoutMembers).toHaveBeenLastCalledWith(large, [
      'ParentContext',
      'InputParameters',
      'PreEntityImages',
      'PostEntityImages',
    ]);
  });

  it('still has the promoted columns of the whole context', () => {
    expect(buildMessage(jobWith(), largeUpdate, endpointWith({ columns: ['name'] }))).toMatchObject({
      message: { applicationProperties: { name: 'Fabrikam' } },
    });
  });

  it('is not made when the rest is too large as well', () => {
    vi.mocked(withoutMembers).mockReturnValue({ body: large, removed: [] });
    expect(buildMessage(jobWith(), large, endpointWith())).toMatchObject({
      kind: 'failed',
      code: 'ContextTooLarge',
    });
  });
});

describe('the message in another format', () => {
  it.each([
    ['xml', 'application/xml'],
    ['binary', 'application/msbin1'],
  ] as const)('%s has the content type that listeners tell it by', (messageFormat, contentType) => {
    vi.mocked(encodeContext).mockReturnValue(rest);
    expect(buildMessage(jobWith(), large, endpointWith({ messageFormat }))).toMatchObject({
      message: { body: rest, contentType },
      stripped: [],
    });
    expect(encodeContext).toHaveBeenLastCalledWith(large, messageFormat);
  });

  it('is not made of a context that the format cannot carry', () => {
    vi.mocked(encodeContext).mockImplementation(() => {
      throw new ContextError('NumberOutOfRange', '/Depth', 'is out of range');
    });
    expect(buildMessage(jobWith(), rest, endpointWith({ messageFormat: 'xml' }))).toEqual({
      kind: 'failed',
      code: 'ContextUnusable',
      detail: '/Depth is out of range',
    });
  });

  it('lets a bug through, which is recorded as one', () => {
    vi.mocked(encodeContext).mockImplementation(() => {
      throw new TypeError('a bug');
    });
    expect(() => buildMessage(jobWith(), rest, endpointWith())).toThrow('a bug');
  });
});
