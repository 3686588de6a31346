import { describe, expect, it } from 'vitest';
import { endpointsSchema } from '../../../shared/endpoint/endpointsSchema.ts';
import { readEndpoints } from '../../../shared/endpoint/readEndpoints.ts';

const { properties, required } = endpointsSchema.properties.endpoints.items;

const least = { name: 'orders', contract: 'queue', connection: 'ServiceBusConnection', path: 'events' };

const kindOf = (member: string, value: unknown) =>
  readEndpoints(JSON.stringify({ endpoints: [{ ...least, [member]: value }] })).kind;

describe('the schema of an endpoint', () => {
  it('demands what cannot be guessed', () => {
    expect(required).toEqual(Object.keys(least));
  });

  it('says of every member what it is for', () => {
    for (const [name, member] of Object.entries(properties)) {
      expect('description' in member && member.description, name).toMatch(/\.$|\.\.\.$|\}\.$/);
    }
  });

  it.each(['a', 'queue-json', 'a'.repeat(63), '0'])('takes the name %s', (name) => {
    expect(kindOf('name', name)).toBe('read');
  });

  it.each(['', '-a', 'a-', 'A', 'a_b', 'a/b', 'a'.repeat(64), 'a\n'])('does not take the name %j', (name) => {
    expect(kindOf('name', name)).toBe('faulty');
  });

  it.each(['q', 'folder/sub/queue', 'a.b-c_d', 'a'.repeat(260)])('takes the path %s', (path) => {
    expect(kindOf('path', path)).toBe('read');
  });

  it.each(['', '/q', 'q/', 'q?x=1', 'q#x', 'a b', 'a'.repeat(261)])('does not take the path %j', (path) => {
    expect(kindOf('path', path)).toBe('faulty');
  });
});
