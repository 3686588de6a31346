import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OversizePolicy } from '../../../shared/endpoint/serviceEndpoint.ts';
import { fitContext } from '../../../shared/message/fitContext.ts';
import { maxContextBytes } from '../../../shared/message/sizes.ts';
import { bytesOf } from '../../support/contexts.ts';

type Members = Readonly<Record<string, unknown>>;

const membersOf = (bytes: Uint8Array) => JSON.parse(new TextDecoder().decode(bytes)) as Members;

/** JSON as the format. */
const asJson = (context: Uint8Array): Uint8Array => context;

/** A format in which everything is twice as long. */
const doubled = (context: Uint8Array): Uint8Array => new Uint8Array(Buffer.concat([context, context]));

/** A context of exactly so many bytes, most of them in one member. */
const sized = (bytes: number, padded: string, members: Members = {}): Uint8Array => {
  const least = bytesOf({ ...members, [padded]: '' }).byteLength;
  return bytesOf({ ...members, [padded]: 'x'.repeat(bytes - least) });
};

const expectWhole = (context: Uint8Array, oversize: OversizePolicy) => {
  const fitted = fitContext(context, oversize, asJson);
  expect(fitted).toMatchObject({ kind: 'fitted', stripped: [] });
  expect(fitted.kind === 'fitted' && fitted.body).toBe(context);
};

describe('a context of at most 192 x 1024 bytes', () => {
  it.each(['strip', 'fail', 'keep'] as const)('goes out as it is (%s)', (oversize) => {
    expectWhole(sized(maxContextBytes, 'InputParameters'), oversize);
  });

  it('is measured as it is written, not as it was received', () => {
    const context = sized(maxContextBytes / 2, 'InputParameters');
    expect(fitContext(context, 'fail', doubled)).toMatchObject({ kind: 'fitted' });
    expect(fitContext(sized(maxContextBytes / 2 + 1, 'InputParameters'), 'fail', doubled)).toMatchObject({
      kind: 'unfit',
    });
  });
});

describe('a context of one byte more', () => {
  const over = maxContextBytes + 1;

  it('loses the four members that Dataverse leaves out, and no other', () => {
    const others = { MessageName: 'Update', SharedVariables: [], OutputParameters: [] };
    const four = { ParentContext: null, PreEntityImages: [], PostEntityImages: [] };
    const fitted = fitContext(sized(over, 'InputParameters', { ...others, ...four }), 'strip', asJson);
    expect(fitted).toEqual({
      kind: 'fitted',
      body: bytesOf(others),
      stripped: ['ParentContext', 'PreEntityImages', 'PostEntityImages', 'InputParameters'],
    });
  });

  it('tells only of members that were there', () => {
    expect(fitContext(sized(over, 'ParentContext', { Depth: 1 }), 'strip', asJson)).toMatchObject({
      stripped: ['ParentContext'],
    });
  });

  it('is unfit when the rest is still too large', () => {
    const context = sized(over, 'SharedVariables');
    expect(fitContext(context, 'strip', asJson)).toEqual({
      kind: 'unfit',
      reason:
        'It has 196609 bytes, and 196609 without ParentContext, InputParameters, PreEntityImages, PostEntityImages; at most 196608 are sent.',
    });
  });

  it('may be exactly as large as allowed without them', () => {
    const rest = sized(maxContextBytes, 'SharedVariables');
    const context = bytesOf({ ...membersOf(rest), PreEntityImages: [] });
    const fitted = fitContext(context, 'strip', asJson);
    expect(fitted).toMatchObject({ kind: 'fitted', stripped: ['PreEntityImages'] });
    expect(fitted.kind === 'fitted' && fitted.body.byteLength).toBe(maxContextBytes);
  });

  it('is unfit at once where the endpoint fails such contexts', () => {
    expect(fitContext(sized(over, 'InputParameters'), 'fail', asJson)).toEqual({
      kind: 'unfit',
      reason: 'It has 196609 bytes; the endpoint takes at most 196608.',
    });
  });

  it('goes out whole where the endpoint keeps such contexts', () => {
    expectWhole(sized(over, 'InputParameters'), 'keep');
  });
});

describe('fitting a context', () => {
  it('never sends more than the bound unless the endpoint keeps what is larger', () => {
    const bytes = fc.nat(maxContextBytes);
    fc.assert(
      fc.property(bytes, bytes, fc.boolean(), (inside, outside, twice) => {
        const context = bytesOf({ InputParameters: 'x'.repeat(inside), Other: 'x'.repeat(outside) });
        const fitted = fitContext(context, 'strip', twice ? doubled : asJson);
        if (fitted.kind === 'fitted') expect(fitted.body.byteLength).toBeLessThanOrEqual(maxContextBytes);
        else expect(outside).toBeGreaterThan(maxContextBytes / 2 - 100);
      }),
      { numRuns: 50 },
    );
  });

  it('lets errors of the format through', () => {
    const broken = (): never => {
      throw new RangeError('too deep');
    };
    expect(() => fitContext(bytesOf({}), 'strip', broken)).toThrow('too deep');
  });
});
