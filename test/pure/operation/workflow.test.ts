import { describe, expect, it } from 'vitest';
import type { OperationStepInput, OperationStepOutcome } from '../../../shared/operation/operationStep.ts';
import {
  operationWorkflow,
  stepsPerGeneration,
  type OperationContext,
  type OperationWorkflowInput,
} from '../../../shared/operation/workflow.ts';
import { later, seconds } from '../../support/jobs.ts';
import { askedAt } from '../../support/operations.ts';

type Task = { readonly step: OperationStepInput } | { readonly wait: number };

/** Runs one generation; `answers` are the results of its activities in turn. */
const runGeneration = (input: OperationWorkflowInput, answers: readonly (OperationStepOutcome | Error)[]) => {
  const left = [...answers];
  const tasks: Task[] = [];
  let continued: OperationWorkflowInput | undefined;
  const context: OperationContext<Task> = {
    operationId: 'operation',
    input,
    now: () => askedAt,
    *step(stepInput) {
      return (yield { step: stepInput }) as OperationStepOutcome;
    },
    *waitUntilOrWoken(dueOn) {
      yield { wait: dueOn.getTime() - askedAt.getTime() };
    },
    continueAsNew: (next) => {
      continued = next;
    },
  };
  const workflow = operationWorkflow(context);
  let turn = workflow.next();
  while (turn.done !== true) {
    tasks.push(turn.value);
    const answer = 'step' in turn.value ? left.shift() : undefined;
    turn = answer instanceof Error ? workflow.throw(answer) : workflow.next(answer);
  }
  return { tasks, continued };
};

const again: OperationStepOutcome = { kind: 'again' };
const againIn = (ms: number): OperationStepOutcome => ({
  kind: 'again',
  dueOn: later(askedAt, ms).toISOString(),
});
const over: OperationStepOutcome = { kind: 'over' };
const step = (faults: number): Task => ({ step: { operationId: 'operation', faults } });

describe('the workflow of a bulk operation', () => {
  it('goes on at once, or when it is due, until it is over', () => {
    const { tasks, continued } = runGeneration({ faults: 0 }, [again, againIn(seconds(30)), over]);
    expect(tasks).toEqual([step(0), step(0), { wait: seconds(30) }, step(0)]);
    expect(continued).toBeUndefined();
  });

  it('waits a second at least: engine and activity need not have the same clock', () => {
    expect(runGeneration({ faults: 0 }, [againIn(-seconds(5)), over]).tasks[1]).toEqual({ wait: seconds(1) });
  });

  it('tries again after an exception, at growing intervals, and says how often (B-9)', () => {
    const faults = Array.from({ length: stepsPerGeneration }, () => new Error('storage is away'));
    const { tasks, continued } = runGeneration({ faults: 3 }, faults);
    const waits = tasks.flatMap((task) => ('wait' in task ? [task.wait] : []));
    expect(tasks.filter((task) => 'step' in task)).toEqual(faults.map((_, n) => step(3 + n)));
    expect(waits).toHaveLength(stepsPerGeneration);
    expect(Math.max(...waits)).toBeLessThan(seconds(67));
    expect(continued).toEqual({ faults: 3 + stepsPerGeneration });
  });

  it('continues as new after a bounded number of steps, and forgets faults that are over', () => {
    const answers = [new Error('away'), ...Array.from({ length: stepsPerGeneration - 1 }, () => again)];
    expect(runGeneration({ faults: 0 }, answers).continued).toEqual({ faults: 0 });
  });
});
