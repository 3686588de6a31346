import { describe, expect, it } from 'vitest';
import { readEndpoints } from '../../../shared/endpoint/readEndpoints.ts';

const endpoint = {
  name: 'orders',
  contract: 'queue',
  connection: 'ServiceBusConnection',
  path: 'dataverse-events',
};

const withHints = (hints: unknown) => readEndpoints(JSON.stringify({ endpoints: [endpoint], hints }));

describe('the hints of the endpoints file', () => {
  it('name columns and parameters, and the type of each', () => {
    const hints = { 'account.rate': 'double', '*.ownerid': 'guid', 'Update.Concurrency': 'int' };
    const read = withHints(hints);
    expect(read.kind === 'read' && read.hints).toEqual(hints);
  });

  it.each([
    { account: 'guid' },
    { 'a.b.c': 'guid' },
    { '.b': 'guid' },
    { 'account.rate': 'fraction' },
    ['guid'],
  ])('are faulty as %j', (hints) => {
    const read = withHints(hints);
    expect(read.kind === 'faulty' && read.faults[0]).toMatch(/^\/hints/);
  });
});
