import { describe, expect, it } from 'vitest';
import { filteredOutBecause } from '../../../shared/endpoint/filter.ts';
import { readEndpoints } from '../../../shared/endpoint/readEndpoints.ts';

const good = {
  name: 'orders',
  contract: 'queue',
  connection: 'ServiceBusConnection',
  path: 'dataverse-events',
};

const readOf = (...endpoints: unknown[]) => readEndpoints(JSON.stringify({ endpoints }));

const faultsOf = (...endpoints: unknown[]): readonly string[] => {
  const read = readOf(...endpoints);
  return read.kind === 'faulty' ? read.faults : [];
};

describe('the endpoints file', () => {
  it('fills in defaults', () => {
    expect(readOf(good)).toEqual({
      kind: 'read',
      endpoints: [
        {
          ...good,
          messageFormat: 'json',
          userClaim: 'userId',
          retry: {
            firstDelaySeconds: 5,
            factor: 2,
            longestDelaySeconds: 3600,
            totalHours: 24,
            maxAttempts: 1000,
          },
          filter: { messages: [], tables: [] },
        },
      ],
    });
  });

  it('keeps what it says', () => {
    const own = {
      ...good,
      userClaim: 'none',
      retry: { firstDelaySeconds: 1, totalHours: 0.5 },
      filter: { tables: ['account'] },
    };
    const read = readOf(own);
    expect(read.kind === 'read' && read.endpoints[0]).toMatchObject({
      userClaim: 'none',
      retry: { firstDelaySeconds: 1, factor: 2, totalHours: 0.5 },
      filter: { messages: [], tables: ['account'] },
    });
  });

  it('may begin with a byte order mark', () => {
    expect(readEndpoints(`\uFEFF${JSON.stringify({ endpoints: [good] })}`).kind).toBe('read');
  });

  it('reports all of its faults together, each with its place', () => {
    const faults = faultsOf(
      { ...good, name: 'Has Blanks', contract: 'pigeon' },
      { name: 'orders', retry: { factor: 0, soon: true }, secret: 'x' },
    );
    expect(faults).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^\/endpoints\/0\/name: must match pattern/),
        '/endpoints/0/contract: must be one of queue',
        "/endpoints/1: must have required property 'contract'",
        "/endpoints/1: must have required property 'connection'",
        "/endpoints/1: must have required property 'path'",
        '/endpoints/1: "secret" is unknown',
        '/endpoints/1/retry/factor: must be >= 1',
        '/endpoints/1/retry: "soon" is unknown',
      ]),
    );
  });

  it('may use a name once only', () => {
    expect(faultsOf(good, { ...good, path: 'other' })).toEqual([
      '/endpoints: the name "orders" is used more than once',
    ]);
  });

  it('cannot ask for a first delay longer than the longest', () => {
    expect(faultsOf({ ...good, retry: { firstDelaySeconds: 60, longestDelaySeconds: 30 } })).toEqual([
      'endpoint "orders": retry.longestDelaySeconds is less than retry.firstDelaySeconds',
    ]);
  });

  it.each(['', '{', '[]', '{"endpoints":[]}', 'null'])('is faulty when it is %j', (text) => {
    expect(readEndpoints(text).kind).toBe('faulty');
  });
});

describe('the filter of an endpoint', () => {
  const subject = { messageName: 'Create', primaryEntityName: 'account' };

  it('lets everything pass when it is empty', () => {
    expect(filteredOutBecause({ messages: [], tables: [] }, subject)).toBeUndefined();
  });

  it('compares names without regard to case', () => {
    expect(filteredOutBecause({ messages: ['create'], tables: ['ACCOUNT'] }, subject)).toBeUndefined();
  });

  it('says what the endpoint takes instead', () => {
    expect(filteredOutBecause({ messages: ['Update', 'Delete'], tables: [] }, subject)).toBe(
      'The endpoint takes the messages Update, Delete, not Create.',
    );
    expect(filteredOutBecause({ messages: [], tables: ['contact'] }, subject)).toBe(
      'The endpoint takes the tables contact, not account.',
    );
  });
});
