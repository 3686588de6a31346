import { describe, expect, it } from 'vitest';
import { faultOf, newForm, requestOf, whyNotStart } from '../../../web/model/bulkForm.ts';
import { shownActions, whyNot } from '../../../web/model/jobActionRules.ts';
import { localInput, timeOfInput } from '../../../web/model/timeInput.ts';

const until = '2026-11-30T10:00:00';
const retry = { ...newForm('retry', until), reason: ' the queue was full ' };

describe('the bulk dialog', () => {
  it('goes by canary when jobs are tried again, and only then', () => {
    expect(shownActions.filter((action) => newForm(action, until).canary)).toEqual(['retry', 'resume']);
    expect(requestOf(retry, { code: 'Busy' })).toEqual({
      action: 'retry',
      filter: { code: 'Busy' },
      reason: 'the queue was full',
      ratePerMinute: 600,
      canary: { steps: [1, 10, 100], failureLimitPercent: 10 },
    });
    expect(requestOf({ ...retry, canary: false }, {})).not.toHaveProperty('canary');
    expect(requestOf({ ...retry, action: 'delete' }, {})).not.toHaveProperty('canary');
  });

  it('asks for a time when jobs are postponed', () => {
    const postpone = { ...retry, action: 'postpone' as const };
    expect(requestOf(postpone, {}).until).toBe(timeOfInput(until));
    expect(faultOf({ ...postpone, until: '' })).toBe('Set a time first.');
  });

  it.each([
    [{ reason: '  ' }, 'Say why first.'],
    [{ ratePerMinute: '0' }, 'Set a rate from 1 to 6000 first.'],
    [{ ratePerMinute: '1e3' }, 'Set a rate from 1 to 6000 first.'],
    [{ failureLimitPercent: '100' }, 'Set a limit from 0 to 99 % first.'],
    [{ failureLimitPercent: '101', canary: false }, undefined],
    [{}, undefined],
  ])('with %j says %s', (changes, fault) => {
    expect(faultOf({ ...retry, ...changes })).toBe(fault);
  });

  it('starts unless all jobs were looked at and none is meant', () => {
    const counted = (count: number, complete: boolean) => ({ count, complete, cutOff: until });
    expect(whyNotStart(undefined, retry)).toBe('The jobs are not counted yet.');
    expect(whyNotStart(counted(0, true), retry)).toBe('There is no such job.');
    expect(whyNotStart(counted(0, false), retry)).toBeUndefined();
    expect(whyNotStart(counted(1, true), { ...retry, reason: '' })).toBe('Say why first.');
  });
});

describe('an action on a job', () => {
  it('that the status forbids says why; deleting is always possible', () => {
    const job = { status: 'Succeeded', actions: [] } as const;
    expect(whyNot(job, 'cancel')).toBe('Not possible: its message has been delivered.');
    expect(whyNot(job, 'delete')).toBeUndefined();
    expect(whyNot({ status: 'Failed', actions: ['retry'] }, 'retry')).toBeUndefined();
  });
});

describe('a time in an input', () => {
  it('is on the clock of the reader, to the second', () => {
    const time = Date.UTC(2026, 10, 29, 10, 5, 9);
    expect(timeOfInput(localInput(time))).toBe('2026-11-29T10:05:09.000Z');
    expect(timeOfInput('tomorrow')).toBeUndefined();
  });
});
