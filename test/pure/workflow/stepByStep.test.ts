import { describe, expect, it } from 'vitest';
import {
  stepByStep,
  stepsPerGeneration,
  type Again,
  type SteppedContext,
} from '../../../shared/workflow/stepByStep.ts';
import type { Waited } from '../../../shared/workflow/waited.ts';
import { later, operationTime, seconds } from '../../support/jobs.ts';

interface Over {
  readonly kind: 'over';
}

/** What the workflow yields: a step, with the faults it is told of, or a wait in milliseconds. */
type Task = { readonly step: number } | { readonly wait: number };

const again: Again = { kind: 'again' };
const againIn = (ms: number): Again => ({ kind: 'again', dueOn: later(operationTime, ms).toISOString() });
const over: Over = { kind: 'over' };

/** Runs one generation; `answers` are the results of its activities in turn, and its waits end as `waited` says. */
const runGeneration = (answers: readonly (Over | Again | Error)[], faults = 0, waited: Waited = 'woken') => {
  const left = [...answers];
  const tasks: Task[] = [];
  let continued: number | undefined;
  const context: SteppedContext<Task, Over> = {
    id: 'orders',
    faults,
    now: () => operationTime,
    *step(before) {
      return (yield { step: before }) as Over | Again;
    },
    *waitUntilOrWoken(dueOn) {
      yield { wait: dueOn.getTime() - operationTime.getTime() };
      return waited;
    },
    continueAsNew: (next) => {
      continued = next;
    },
  };
  const workflow = stepByStep(context);
  let turn = workflow.next();
  while (turn.done !== true) {
    tasks.push(turn.value);
    const answer = 'step' in turn.value ? left.shift() : undefined;
    turn = answer instanceof Error ? workflow.throw(answer) : workflow.next(answer);
  }
  const waits = tasks.flatMap((task) => ('wait' in task ? [task.wait] : []));
  return { tasks, waits, continued, result: turn.value };
};

const generation = <Answer>(answer: Answer): Answer[] => Array<Answer>(stepsPerGeneration).fill(answer);

describe('a workflow of steps', () => {
  it('goes on at once, or when it is due, until a step says that it is over', () => {
    const { tasks, continued, result } = runGeneration([again, againIn(seconds(30)), over]);
    expect(tasks).toEqual([{ step: 0 }, { step: 0 }, { wait: seconds(31) }, { step: 0 }]);
    expect(continued).toBeUndefined();
    expect(result).toEqual(over);
  });

  it('waits a second at least, and one more, since timers fire up to a second early', () => {
    expect(runGeneration([againIn(-seconds(90)), over]).waits).toEqual([seconds(2)]);
  });

  it('continues as new behind a wait that ran its time, so that no wait is left to swallow a wake-up', () => {
    const { tasks, continued } = runGeneration([again, againIn(seconds(5)), over], 0, 'due');
    expect(tasks).toEqual([{ step: 0 }, { step: 0 }, { wait: seconds(6) }]);
    expect(continued).toBe(0);
  });

  it('continues as new after a bounded number of steps, behind the last wait', () => {
    const { continued, tasks, result } = runGeneration(generation(againIn(seconds(5))));
    expect(continued).toBe(0);
    expect(tasks).toHaveLength(2 * stepsPerGeneration);
    expect(tasks.at(-1)).toEqual({ wait: seconds(6) });
    expect(result).toBeUndefined();
  });

  it('tries again after an exception, at growing intervals, a minute at most, and says how often (B-9)', () => {
    const { tasks, waits, continued } = runGeneration(generation(new Error('storage is away')));
    const steps = tasks.filter((task) => 'step' in task);
    expect(steps).toEqual(generation(0).map((_, n) => ({ step: n })));
    expect(waits).toHaveLength(stepsPerGeneration);
    expect(waits[0]).toBeLessThanOrEqual(seconds(7));
    expect(waits.slice(4).every((wait) => wait >= seconds(55) && wait <= seconds(67))).toBe(true);
    expect(continued).toBe(stepsPerGeneration);
  });

  it('forgets faults that are over', () => {
    const answers = [new Error('away'), ...generation<Again>(again).slice(1)];
    expect(runGeneration(answers, 4).continued).toBe(0);
    expect(runGeneration([new Error('away'), over], 4).tasks).toEqual([
      { step: 4 },
      { wait: expect.any(Number) as number },
      { step: 5 },
    ]);
  });
});
