import { describe, expect, it } from 'vitest';
import { contracts } from '../../../shared/endpoint/serviceEndpoint.ts';
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
          drainPerMinute: 600,
          userClaim: 'userId',
          retry: {
            firstDelaySeconds: 5,
            factor: 2,
            longestDelaySeconds: 3600,
            totalHours: 24,
            maxAttempts: 1000,
          },
          filter: { messages: [], tables: [], stages: [], changedColumns: [] },
          oversize: 'strip',
          tier: 'standard',
          aliases: false,
          columns: [],
        },
      ],
      routes: [],
      hints: {},
      masked: [],
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
      filter: { messages: [], tables: ['account'], stages: [], changedColumns: [] },
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
        `/endpoints/0/contract: must be one of ${contracts.join(', ')}`,
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

  it.each([
    { session: 'weekday' },
    { tier: 'gold' },
    { oversize: 'drop' },
    { listener: 'telnet' },
    { partitionKey: '' },
    { timeToLiveSeconds: 0 },
    { delaySeconds: 604_801 },
    { delaySeconds: 1.5 },
    { aliases: 'yes' },
    { columns: ['Name'] },
    { columns: ['name', 'name'] },
    { columns: Array.from({ length: 51 }, (_, index) => `column${index}`) },
    { columns: ['__proto__'] },
    { filter: { stages: ['40'] } },
    { filter: { changedColumns: [''] } },
    { filter: { stage: [40] } },
    { path: '../other' },
    { connection: 'not a name' },
  ])('does not take %j', (member) => {
    const [fault, ...others] = faultsOf({ ...good, ...member });
    expect(fault).toMatch(new RegExp(`^/endpoints/0(/${Object.keys(member)[0] ?? ''})?`));
    expect(others).toEqual([]);
  });

  it('names every rule between members that is broken', () => {
    expect(
      faultsOf(
        { ...good, contract: 'eventHub', session: 'record' },
        { ...good, name: 'second', contract: 'twoWay', listener: 'wcf', tier: 'basic' },
      ),
    ).toEqual([
      'endpoint "orders": session does not go with contract eventHub',
      'endpoint "second": a wcf listener of contract twoWay takes messageFormat xml only',
      'endpoint "second": a relay has no tier basic',
    ]);
  });

  it.each(['', '{', '[]', '{"endpoints":[]}', 'null'])('is faulty when it is %j', (text) => {
    expect(readEndpoints(text).kind).toBe('faulty');
  });
});

describe('the routes of the endpoints file', () => {
  const withRoutes = (...routes: unknown[]) => readEndpoints(JSON.stringify({ endpoints: [good], routes }));

  it('take everything unless they have a filter', () => {
    const read = withRoutes({ name: 'all', endpoints: ['orders'] });
    expect(read.kind === 'read' && read.routes).toEqual([
      {
        name: 'all',
        endpoints: ['orders'],
        filter: { messages: [], tables: [], stages: [], changedColumns: [] },
      },
    ]);
  });

  it('lead to endpoints of the file only', () => {
    expect(withRoutes({ name: 'all', endpoints: ['orders', 'ordres', 'constructor'] })).toEqual({
      kind: 'faulty',
      faults: [
        'route "all": there is no endpoint "ordres"',
        'route "all": there is no endpoint "constructor"',
      ],
    });
  });

  it.each([
    { name: 'all' },
    { endpoints: ['orders'] },
    { name: 'all', endpoints: [] },
    { name: 'all', endpoints: ['orders', 'orders'] },
    { name: 'all', endpoints: ['orders'], to: 'x' },
  ])('are faulty as %j', (route) => {
    expect(withRoutes(route).kind).toBe('faulty');
  });
});
