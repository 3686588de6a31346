import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { ContextError } from '../../../shared/context/contextError.ts';
import { buildMessage } from '../../../shared/message/buildMessage.ts';
import type { EncodeContext } from '../../../shared/message/encodeContext.ts';
import { bytesOf, contextWith } from '../../support/contexts.ts';
import { jobWith } from '../../support/jobs.ts';
import { endpointWith, messageTools } from '../../support/posting.ts';

const large = 'x'.repeat(200_000);

const target = (value: string) => ({
  __type: 'Entity:http://schemas.microsoft.com/xrm/2011/Contracts',
  Attributes: [
    { key: 'name', value: 'Fabrikam' },
    { key: 'description', value },
  ],
  LogicalName: 'account',
});

const largeUpdate = bytesOf(contextWith({ InputParameters: [{ key: 'Target', value: target(large) }] }));

describe('the message of a context that is too large (M-8)', () => {
  it.each(['json', 'xml', 'binary'] as const)('says so, and what was left out, as %s', (messageFormat) => {
    const built = buildMessage(jobWith(), largeUpdate, endpointWith({ messageFormat }), messageTools);
    expect(built).toMatchObject({
      kind: 'built',
      message: { applicationProperties: { MessageMaxSizeExceeded: true } },
    });
    expect(built.kind === 'built' && built.stripped).toContain('InputParameters');
    expect(built.kind === 'built' && built.message.body.byteLength).toBeLessThan(10_000);
  });

  it('still has the promoted columns of the whole context (M-11)', () => {
    expect(
      buildMessage(jobWith(), largeUpdate, endpointWith({ columns: ['name'] }), messageTools),
    ).toMatchObject({
      message: { applicationProperties: { name: 'Fabrikam' } },
    });
  });

  it('is not made when the rest is too large as well', () => {
    const shared = bytesOf(contextWith({ SharedVariables: [{ key: 'tag', value: large }] }));
    expect(buildMessage(jobWith(), shared, endpointWith(), messageTools)).toMatchObject({
      kind: 'failed',
      code: 'ContextTooLarge',
    });
  });

  it('names the blob in which the whole context is left, where the endpoint checks it in (M-13)', () => {
    const endpoint = endpointWith({ oversize: 'claimCheck' });
    const built = buildMessage(jobWith(), largeUpdate, endpoint, messageTools);
    const { id } = jobWith();
    const sha256 = createHash('sha256').update(largeUpdate).digest('hex');
    expect(built).toMatchObject({
      message: {
        applicationProperties: {
          ClaimCheckReference: `memory:${id}`,
          ClaimCheckSha256: sha256,
          ClaimCheckBytes: largeUpdate.byteLength,
          MessageMaxSizeExceeded: true,
        },
      },
      claim: { name: id, body: largeUpdate, contentType: 'application/json' },
    });
    expect(built.kind === 'built' && built.message.body.byteLength).toBeLessThan(10_000);
  });

  it('checks nothing in that fits (M-13)', () => {
    const small = bytesOf(contextWith());
    const built = buildMessage(jobWith(), small, endpointWith({ oversize: 'claimCheck' }), messageTools);
    expect(built).not.toHaveProperty('claim');
  });

  it('leaves out every member that can be large when the whole context is checked in (M-13)', () => {
    const shared = bytesOf(contextWith({ SharedVariables: [{ key: 'tag', value: large }] }));
    const built = buildMessage(jobWith(), shared, endpointWith({ oversize: 'claimCheck' }), messageTools);
    expect(built).toMatchObject({ kind: 'built', stripped: ['InputParameters', 'SharedVariables'] });
  });

  it('is measured in its own format: what fits as JSON may not as XML', () => {
    const attributes = Array.from({ length: 1500 }, (_, n) => ({ key: `new_column${n}`, value: n }));
    const wide = bytesOf(
      contextWith({
        InputParameters: [{ key: 'Target', value: { ...target(''), Attributes: attributes } }],
      }),
    );
    const strippedAs = (messageFormat: 'json' | 'xml') => {
      const built = buildMessage(jobWith(), wide, endpointWith({ messageFormat }), messageTools);
      return built.kind === 'built' && built.stripped;
    };
    expect(wide.byteLength).toBeLessThan(100_000);
    expect(strippedAs('json')).toEqual([]);
    expect(strippedAs('xml')).toContain('InputParameters');
  });
});

describe('the message in another format (M-7)', () => {
  it.each([
    ['xml', 'application/xml', '<RemoteExecutionContext'],
    ['binary', 'application/msbin1', '@\u0016RemoteExecutionContext'],
  ] as const)('%s has the content type that listeners tell it by', (messageFormat, contentType, begins) => {
    const body = bytesOf(contextWith());
    const built = buildMessage(jobWith(), body, endpointWith({ messageFormat }), messageTools);
    expect(built).toMatchObject({ message: { contentType }, stripped: [] });
    expect(built.kind === 'built' && Buffer.from(built.message.body).toString('latin1')).toMatch(
      new RegExp(`^${begins}`),
    );
  });

  it('is not made of a context that the format cannot carry, and the failure names the place', () => {
    const mixed = bytesOf(contextWith({ SharedVariables: [{ key: 'list', value: [1, 'two'] }] }));
    expect(
      buildMessage(jobWith(), mixed, endpointWith({ messageFormat: 'xml' }), messageTools),
    ).toMatchObject({
      kind: 'failed',
      code: 'ContextUnusable',
      detail: expect.stringContaining('/SharedVariables/0/value'),
    });
    expect(buildMessage(jobWith(), mixed, endpointWith(), messageTools)).toMatchObject({ kind: 'built' });
  });

  it('lets a bug through, which is recorded as one', () => {
    const broken: EncodeContext = () => {
      throw new TypeError('a bug');
    };
    expect(() =>
      buildMessage(jobWith(), bytesOf({}), endpointWith(), { ...messageTools, encode: broken }),
    ).toThrow('a bug');
    expect(new ContextError('NotJson', '', 'is not JSON').message).toBe('The context is not JSON');
  });
});
