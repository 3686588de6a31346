import { describe, expect, it } from 'vitest';
import { operationStatuses } from '../../../shared/operation/operationStatus.ts';
import {
  dealtWith,
  lookEveryMs,
  outcomeText,
  percentDone,
  progressText,
  resultsStamp,
  stepText,
  unreadableText,
} from '../../../web/model/operationProgress.ts';
import { pollEveryMs, runningOf } from '../../../web/model/running.ts';

const operation = {
  counted: 1204,
  countedAll: true,
  done: 300,
  refused: 10,
  missing: 1,
  failed: 1,
};

describe('operations that run', () => {
  const running = runningOf(operationStatuses.map((status) => ({ status })));

  it('are those that still do something', () => {
    expect(running.map(({ status }) => status)).toEqual(['Running', 'Canceling']);
  });

  it('make the page ask more often, nothing else does', () => {
    expect(pollEveryMs(1)).toBeLessThan(pollEveryMs(0));
  });

  it('are looked at more often, until they have ended', () => {
    const often = operationStatuses.filter((status) => lookEveryMs({ status }, 5000) === 1000);
    expect(often).toEqual(['Running', 'Canceling']);
    expect([lookEveryMs({ status: 'Completed' }, 5000), lookEveryMs(undefined, 5000)]).toEqual([5000, 1000]);
  });
});

describe('how far an operation is', () => {
  it('counts every job that it came to, whatever became of it', () => {
    expect(dealtWith(operation)).toBe(312);
    expect(progressText(operation)).toBe('312 of 1,204 jobs dealt with');
  });

  it('says where there are more jobs than were counted', () => {
    expect(progressText({ ...operation, countedAll: false })).toBe('312 of 1,204 or more jobs dealt with');
  });

  it.each([
    ['Running', 0, 0, 0],
    ['Running', 400, 399, 99],
    ['Running', 3, 3, 99],
    ['Canceling', 3, 5, 99],
    ['Running', 3, 1, 33],
    ['Completed', 0, 0, 100],
    ['Completed', 3, 3, 100],
    ['Canceled', 3, 1, 33],
  ] as const)('%s, of %i jobs %i failed: %i percent', (status, counted, failed, percent) => {
    const none = { done: 0, refused: 0, missing: 0 };
    expect(percentDone({ status, counted, countedAll: true, ...none, failed })).toBe(percent);
  });
});

describe('operations that cannot be read', () => {
  it('are told by number', () => {
    expect([unreadableText(1), unreadableText(2)]).toEqual([
      'One operation cannot be read and does not go on.',
      '2 operations cannot be read and do not go on.',
    ]);
  });
});

describe('the results of an operation', () => {
  const outcomes = { succeeded: 3, failedAgain: 1, pending: 2 };
  const shown = { ...operation, status: 'Running', outcomes } as const;

  it.each([
    { done: 301 },
    { failed: 2 },
    { status: 'Completed' as const },
    { outcomes: { ...outcomes, succeeded: 4, pending: 1 } },
  ])('are asked for anew when %j', (change) => {
    expect(resultsStamp({ ...shown, ...change })).not.toBe(resultsStamp(shown));
  });

  it('are left alone while nothing has changed', () => {
    expect(resultsStamp({ ...shown })).toBe(resultsStamp(shown));
  });

  it('are said in words', () => {
    expect(['succeeded', 'failedAgain', 'gone', null].map(outcomeText)).toEqual([
      'succeeded',
      'failed again',
      'canceled, paused or deleted since',
      '',
    ]);
  });

  it('have no step pending once the operation is over', () => {
    expect(stepText('pending', true)).toBe('not reached');
    expect(stepText('pending', false)).toBe('pending');
    expect(stepText('stopped', true)).toBe('stopped');
  });
});
