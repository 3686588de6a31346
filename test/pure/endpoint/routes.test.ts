import { describe, expect, it } from 'vitest';
import type { Subject } from '../../../shared/endpoint/filter.ts';
import { endpointsFor, type Route } from '../../../shared/endpoint/routes.ts';
import type { NotificationFilter } from '../../../shared/endpoint/serviceEndpoint.ts';
import { noFilter } from '../../support/posting.ts';

const subject: Subject = {
  messageName: 'Create',
  primaryEntityName: 'account',
  stage: 40,
  changedColumns: undefined,
};

const route = (endpoints: string[], filter: Partial<NotificationFilter> = {}): Route => ({
  name: endpoints.join(' and '),
  endpoints,
  filter: { ...noFilter, ...filter },
});

describe('the routes', () => {
  it('lead to the endpoints of every route that lets the notification pass, in their order (R-13)', () => {
    const routes = [route(['b', 'a']), route(['c'], { tables: ['contact'] }), route(['d'])];
    expect(endpointsFor(routes, subject)).toEqual(['b', 'a', 'd']);
  });

  it('lead to each endpoint once', () => {
    expect(endpointsFor([route(['a', 'b']), route(['b', 'c', 'a'])], subject)).toEqual(['a', 'b', 'c']);
  });

  it('may lead nowhere', () => {
    expect(endpointsFor([], subject)).toEqual([]);
    expect(endpointsFor([route(['a'], { messages: ['Delete'] })], subject)).toEqual([]);
  });
});
