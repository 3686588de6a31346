import { describe, expect, it } from 'vitest';
import { unreadableProblem } from '../../../shared/api/unreadableProblem.ts';
import { UnreadableJob } from '../../../shared/job/unreadableJob.ts';
import { UnreadableOperation } from '../../../shared/operation/unreadableOperation.ts';
import { failedJob } from '../../support/operationRig.ts';
import { operationWith } from '../../support/operations.ts';

const damage = new Error('the status "Translating" is unknown.');

describe('a row that cannot be read', () => {
  it('of an operation is 503 OperationUnreadable with its reason', () => {
    const answer = unreadableProblem(new UnreadableOperation(operationWith().id, damage));
    expect(answer?.status).toBe(503);
    expect(JSON.parse(String(answer?.body))).toMatchObject({
      code: 'OperationUnreadable',
      detail: `Its row cannot be read: ${damage.message}`,
    });
  });

  it('of a job is 503 JobUnreadable with its reason (L-4)', () => {
    const { id } = failedJob(1);
    const answer = unreadableProblem(new UnreadableJob(id, `j${id}`, damage));
    expect(answer?.status).toBe(503);
    expect(JSON.parse(String(answer?.body))).toMatchObject({
      code: 'JobUnreadable',
      detail: `Row j${id} cannot be read: ${damage.message}`,
    });
  });

  it('is no other fault', () => {
    expect(unreadableProblem(damage)).toBeUndefined();
  });
});
