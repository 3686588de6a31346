import { describe, expect, it } from 'vitest';
import { problemAdvice } from '../../../web/model/problemAdvice.ts';

describe('advice on a problem', () => {
  it.each([
    [{ status: 503, code: 'StorageUnavailable' }, 'Check the storage account'],
    [{ status: 503, code: 'ConfigurationFaulty' }, 'every fault is mended'],
    [{ status: 503, code: 'JobUnreadable' }, 'All else goes on'],
    [{ status: 503, code: 'OperationUnreadable' }, 'All else goes on'],
    [{ status: 0 }, 'Check the network'],
    [{ status: 403, code: 'Forbidden' }, 'for the role'],
  ])('%j says what to do', (problem, part) => {
    expect(problemAdvice(problem)).toContain(part);
  });

  it('blames storage for nothing that is the fault of one row', () => {
    expect(problemAdvice({ status: 503, code: 'JobUnreadable' })).not.toContain('storage account');
  });

  it('is empty where the problem says it itself', () => {
    expect(problemAdvice({ status: 400, code: 'RequestInvalid' })).toBe('');
  });
});
