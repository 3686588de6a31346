import { describe, expect, it } from 'vitest';
import type { EndpointState } from '../../../web/api/endpoints.ts';
import { holdingBack } from '../../../web/model/holdingBack.ts';

const standing = (state: EndpointState) => [{ name: 'orders', state, reason: null, held: 3 }];

describe('a retry or a resume of many jobs', () => {
  it.each([
    ['paused', 'Paused'],
    ['open', 'Breaker open'],
    ['halfOpen', 'Trying one job'],
  ] as const)('says that the endpoint holds them back while it is %s', (state, label) => {
    for (const action of ['retry', 'resume'] as const)
      expect(holdingBack(action, { endpoint: 'orders' }, standing(state))).toContain(
        `orders holds its jobs back (${label})`,
      );
  });

  it('says nothing while it lets them through, of another endpoint, or of another action', () => {
    expect(holdingBack('retry', { endpoint: 'orders' }, standing('draining'))).toBeUndefined();
    expect(holdingBack('retry', { endpoint: 'orders' }, standing('running'))).toBeUndefined();
    expect(holdingBack('retry', { endpoint: 'archive' }, standing('paused'))).toBeUndefined();
    expect(holdingBack('cancel', { endpoint: 'orders' }, standing('paused'))).toBeUndefined();
  });
});
