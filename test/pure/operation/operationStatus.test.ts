import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { memoryOperationStore } from '../../support/memoryOperationStore.ts';
import { cancelOperation } from '../../../shared/operation/cancelOperation.ts';
import {
  operationActions,
  operationStatuses,
  operationTransitions,
  type OperationEvent,
} from '../../../shared/operation/operationStatus.ts';
import { ended } from '../../../shared/operation/progress.ts';
import { askedAt, operationWith } from '../../support/operations.ts';

const happenings: Readonly<Record<OperationEvent, string>> = {
  cancelAsked: 'cancel is asked',
  canceled: 'acting has ended',
  finished: 'all jobs were acted on',
  stopped: 'a canary step has failed',
  broken: 'it cannot go on',
};

describe('the statuses of an operation', () => {
  it('lead where docs/contract.md says (B-7)', () => {
    const text = readFileSync(join(import.meta.dirname, '../../../docs/contract.md'), 'utf8');
    const cells = (row: string): string[] => row.split('|').map((cell) => cell.replaceAll('`', '').trim());
    for (const status of operationStatuses) {
      for (const [event, happening] of Object.entries(happenings)) {
        const row = text.split('\n').find((each) => each.includes(`| ${happening} `));
        const [, from = '', , to] = cells(row ?? '');
        const then = operationTransitions[status][event as OperationEvent];
        expect(from.split(', ').includes(status) ? to : undefined).toBe(then);
      }
    }
  });

  it.each(operationStatuses)(
    'let an operation that is %s be canceled, or refuse it (B-7)',
    async (status) => {
      const operations = memoryOperationStore();
      const { operation } = await operations.insert({ ...operationWith(), status });
      const answer = await cancelOperation({ operations, now: () => askedAt })(operation.id, 'somebody');
      expect(answer.kind).toBe(status === 'Running' ? 'done' : 'forbidden');
      expect(operationActions(status)).toEqual(status === 'Running' ? ['cancel'] : []);
    },
  );

  it('take a cancel whose answer got lost for done, though the version is another now (B-7)', async () => {
    const operations = memoryOperationStore();
    const { operation, version } = await operations.insert(operationWith());
    const lossy = {
      ...operations,
      update: async (...given: Parameters<typeof operations.update>) => {
        await operations.update(...given);
        return 'changed' as const;
      },
    };
    const cancel = cancelOperation({ operations: lossy, now: () => askedAt });
    const answer = await cancel(operation.id, 'somebody', (seen) => seen === version);
    expect(answer).toMatchObject({ kind: 'done', stored: { operation: { status: 'Canceling' } } });
  });

  it('never change once an operation has ended', () => {
    for (const status of ['Completed', 'Stopped', 'Canceled', 'Failed'] as const) {
      const operation = { ...operationWith(), status };
      for (const event of Object.keys(happenings) as OperationEvent[]) {
        expect(ended(operation, event, 'again', askedAt)).toBe(operation);
      }
    }
  });
});
