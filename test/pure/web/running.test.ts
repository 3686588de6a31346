import { describe, expect, it } from 'vitest';
import { pollEveryMs, progressText, runningOf, type OperationBrief } from '../../../web/model/running.ts';

const operation = (status: string): OperationBrief => ({
  id: status,
  action: 'retry',
  status,
  counted: 1204,
  done: 300,
  refused: 10,
  missing: 1,
  failed: 1,
});

describe('operations that run', () => {
  const all = ['Running', 'Canceling', 'Completed', 'Stopped', 'Canceled', 'Failed'].map(operation);

  it('are those that still do something', () => {
    expect(runningOf(all).map(({ id }) => id)).toEqual(['Running', 'Canceling']);
  });

  it('make the page ask more often, nothing else does', () => {
    expect(pollEveryMs(runningOf(all))).toBeLessThan(pollEveryMs([]));
  });

  it('say how far they are', () => {
    expect(progressText(operation('Running'))).toBe('retry: 312 of 1,204 jobs dealt with');
  });
});
