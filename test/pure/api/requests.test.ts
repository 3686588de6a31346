import { describe, expect, it } from 'vitest';
import { readAction } from '../../../shared/api/readAction.ts';
import { readListQuery } from '../../../shared/api/readListQuery.ts';
import type { JobAction } from '../../../shared/job/jobActions.ts';
import { acceptedAt } from '../../support/jobs.ts';

describe('the query of a list', () => {
  const read = (query: string, keyInQuery = true) =>
    readListQuery(new URLSearchParams(query).entries(), keyInQuery);

  it('is everything, fifty at a time, when nothing is said', () => {
    expect(read('')).toEqual({ kind: 'read', query: { top: 50 } });
    expect(read('status=&code=thekey&clientId=x')).toEqual({ kind: 'read', query: { top: 50 } });
  });

  it('takes every filter', () => {
    expect(
      read(
        'status=Waiting&attention=true&endpoint=e&table=t&message=m&from=2026-11-24&to=2026-11-24T08:30:00Z&top=7&after=x',
      ),
    ).toEqual({
      kind: 'read',
      query: {
        status: 'Waiting',
        attention: true,
        endpoint: 'e',
        table: 't',
        message: 'm',
        from: new Date('2026-11-24'),
        to: new Date('2026-11-24T08:30:00Z'),
        top: 7,
        after: 'x',
      },
    });
  });

  it('names each parameter that is wrong', () => {
    const result = read('state=Waiting&status=Retrying&attention=yes&from=yesterday&to=2026-99-99&top=0');
    const faults = result.kind === 'faulty' ? result.faults : [];
    expect(faults.map((fault) => fault.split(' ')[0])).toEqual([
      '"state"',
      'status',
      'attention',
      'from',
      'to',
      'top',
    ]);
  });

  it('takes the filters of jobs that went wrong (L-5)', () => {
    expect(
      read(
        'held=true&retried=true&retrying=true&minAttempts=3&nextBefore=2026-11-24&record=AB&correlationId=c&operationId=o',
      ),
    ).toEqual({
      kind: 'read',
      query: {
        top: 50,
        held: true,
        retried: true,
        retrying: true,
        minAttempts: 3,
        nextBefore: new Date('2026-11-24'),
        record: 'ab',
        correlationId: 'c',
        operationId: 'o',
      },
    });
  });

  it('takes several statuses, given twice or with commas (L-5)', () => {
    const both = { top: 50, status: ['Failed', 'Suspended'] };
    expect(read('status=Failed,Suspended,Failed')).toEqual({ kind: 'read', query: both });
    expect(readListQuery([['status', 'Failed,,Suspended,']], true)).toEqual({ kind: 'read', query: both });
    expect(read('status=Failed,Faild')).toMatchObject({
      faults: [expect.stringContaining('status is "Faild"') as string],
    });
  });

  it('tells the function key in code from a failure code (L-5)', () => {
    expect(read('code=Busy', false)).toEqual({ kind: 'read', query: { top: 50, code: 'Busy' } });
    expect(read('code=thekey,Busy')).toEqual({ kind: 'read', query: { top: 50, code: 'Busy' } });
    expect(read('code=Bsy', false)).toMatchObject({
      faults: [
        expect.stringMatching(/^code is "Bsy"; it must be one of ConnectionFailed, .*Unknown\.$/) as string,
      ],
    });
    expect(read('code=Busy,TimedOut', false).kind).toBe('faulty');
    expect(read('clientId=x', false).kind).toBe('faulty');
  });

  it.each(['endpoint', 'table', 'message', 'record', 'correlationId', 'operationId'])(
    'refuses what the store cannot look for as %s, and names it',
    (name) => {
      for (const value of ['a'.repeat(257), 'a\u0000', '\ud800', '\udc00a', 'a\nb']) {
        const faults = [
          expect.stringMatching(new RegExp(`^${name} is .*must be text of at most 256`)) as string,
        ];
        expect(readListQuery([[name, value]], false)).toEqual({ kind: 'faulty', faults });
      }
      const fits = `${'ü'.repeat(250)}😀'`;
      expect(readListQuery([[name, fits]], false).kind).toBe('read');
    },
  );

  it('refuses more criteria than one query of the store can have', () => {
    const others =
      'endpoint=e&table=t&message=m&record=r&correlationId=c&operationId=o&held=true&retried=true';
    expect(read(`${others}&status=Failed,Waiting,Suspended,Pausing`).kind).toBe('read');
    expect(read(`${others}&status=Failed,Waiting,Suspended,Pausing,Canceling`)).toMatchObject({
      faults: [expect.stringContaining('too many criteria') as string],
    });
  });

  it.each(['0', '-1', '1.5', '100001', 'many'])('refuses %s attempts at least', (minAttempts) => {
    expect(read(`minAttempts=${minAttempts}`).kind).toBe('faulty');
  });

  it.each(['0', '201', '-1', '1.5', 'ten', '1e2'])('refuses a page of %s', (top) => {
    expect(read(`top=${top}`).kind).toBe('faulty');
  });
});

describe('the body of an action', () => {
  const read = (action: JobAction, body: unknown) =>
    readAction(action, typeof body === 'string' ? body : JSON.stringify(body), 'me', acceptedAt);

  it('may be empty', () => {
    const asked = { action: 'cancel', by: 'me', reason: undefined, until: undefined };
    expect(read('cancel', '')).toEqual({ kind: 'read', asked });
    expect(read('cancel', {})).toEqual({ kind: 'read', asked });
  });

  it('has a time in the future for a postponement, and only for one', () => {
    const until = '2030-01-01T00:00:00Z';
    expect(read('postpone', { until, reason: 'maintenance' })).toMatchObject({
      asked: { until: new Date(until), reason: 'maintenance' },
    });
    expect(read('postpone', {})).toMatchObject({
      faults: [expect.stringContaining('until is missing') as string],
    });
    expect(read('postpone', { until: '2001-01-01T00:00:00Z' })).toMatchObject({
      faults: ['until is 2001-01-01T00:00:00Z, which is past'],
    });
    expect(read('postpone', { until: '2030-13-41T00:00:00Z' })).toMatchObject({ kind: 'faulty' });
    expect(read('cancel', { until })).toMatchObject({ faults: ['until goes with postpone only'] });
  });

  it.each(['{', '[]', 'null', '{"because":"x"}', '{"reason":""}', '{"reason":1}'])(
    'is refused as %s',
    (body) => {
      expect(read('cancel', body).kind).toBe('faulty');
    },
  );

  it('has no reason that says nothing', () => {
    expect(read('cancel', { reason: ' \n ' })).toMatchObject({
      faults: ['reason must be text of 1 to 500 characters, not all of them blank.'],
    });
  });
});
