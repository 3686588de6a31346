import { describe, expect, it } from 'vitest';
import { problem } from '../../../shared/api/problem.ts';
import { checkAnswer } from '../../support/answerCheck.ts';

const json = { 'content-type': 'application/json; charset=utf-8', etag: '"1"' };

const check = (answer: Response, path = '/api/me', method = 'GET'): Promise<void> =>
  checkAnswer(method, `http://localhost${path}`, answer);

const me = { name: 'ann', auth: 'keys', roles: ['read'] };

describe('the check of answers in the tests of the app', () => {
  it('lets answers through that are as described, and what the host answers by itself', async () => {
    await check(Response.json(me, { headers: json }));
    await check(new Response(null, { status: 401 }));
    await check(new Response('anything', { status: 200 }), '/elsewhere');
    const { body, ...init } = problem('SignInNeeded');
    await check(new Response(body, init));
  });

  it.each([
    ['a member that is not described', { ...me, age: 7 }, 200],
    ['a missing member', { name: 'ann', auth: 'keys' }, 200],
    ['another type', { ...me, name: null }, 200],
    ['a value that is not listed', { ...me, roles: ['write'] }, 200],
    ['a status that is not described', me, 201],
  ])('fails for %s', async (_what, body, status) => {
    await expect(check(Response.json(body, { status, headers: json }))).rejects.toThrow('GET /me');
  });

  it('fails for a problem that is not one of the route', async () => {
    const { body, ...init } = problem('JobChanged');
    await expect(check(new Response(body, init))).rejects.toThrow('JobChanged is no problem of this route');
  });
});
