import { describe, expect, it } from 'vitest';
import {
  recoveryWorkflow,
  stepsPerGeneration,
  type RecoveryContext,
  type RecoveryInput,
  type RecoveryOutcome,
} from '../../../shared/gate/recoveryWorkflow.ts';
import { operationTime } from '../../support/jobs.ts';

type Task =
  { readonly kind: 'step'; readonly endpoint: string } | { readonly kind: 'wait'; readonly ms: number };

const inSeconds = (seconds: number): RecoveryOutcome => ({
  kind: 'again',
  dueOn: new Date(operationTime.getTime() + seconds * 1000).toISOString(),
});
const rested: RecoveryOutcome = { kind: 'rested', because: 'test' };

/** Runs one generation; `answers` are the results of its activities in turn. */
const runGeneration = (answers: readonly (RecoveryOutcome | Error)[], faults = 0) => {
  const left = [...answers];
  const tasks: Task[] = [];
  let continued: RecoveryInput | undefined;
  const context: RecoveryContext<Task> = {
    input: { endpoint: 'orders', faults },
    now: () => operationTime,
    *step(endpoint) {
      return (yield { kind: 'step', endpoint }) as RecoveryOutcome;
    },
    *waitUntilOrWoken(dueOn) {
      yield { kind: 'wait', ms: dueOn.getTime() - operationTime.getTime() };
    },
    continueAsNew: (input) => {
      continued = input;
    },
  };
  const workflow = recoveryWorkflow(context);
  let next = workflow.next();
  while (next.done !== true) {
    tasks.push(next.value);
    const answer = next.value.kind === 'step' ? left.shift() : undefined;
    next = answer instanceof Error ? workflow.throw(answer) : workflow.next(answer);
  }
  return { tasks, continued, result: next.value };
};

const waits = (tasks: readonly Task[]): number[] =>
  tasks.flatMap((task) => (task.kind === 'wait' ? [task.ms] : []));

describe('the workflow of a recovery', () => {
  it('looks again when it is told, and ends when nothing is left to do', () => {
    const { tasks, result } = runGeneration([inSeconds(30), inSeconds(5), rested]);
    expect(waits(tasks)).toEqual([30_000, 5000]);
    expect(tasks[0]).toEqual({ kind: 'step', endpoint: 'orders' });
    expect(result).toEqual(rested);
  });

  it('waits at least a second, whatever it is told', () => {
    expect(waits(runGeneration([inSeconds(-90), rested]).tasks)).toEqual([1000]);
  });

  it('continues as new behind a wait after some steps', () => {
    const { continued, tasks, result } = runGeneration(
      Array.from({ length: stepsPerGeneration }, () => inSeconds(5)),
    );
    expect(continued).toEqual({ endpoint: 'orders', faults: 0 });
    expect(tasks.at(-1)?.kind).toBe('wait');
    expect(result).toBeUndefined();
  });

  it('waits longer after each step that fails, a minute at most, and never gives up', () => {
    const { tasks, continued } = runGeneration(
      Array.from({ length: stepsPerGeneration }, () => new Error('storage is away')),
    );
    const seconds = waits(tasks).map((ms) => Math.round(ms / 1000));
    expect(seconds[0]).toBeLessThanOrEqual(6);
    expect(Math.max(...seconds)).toBeLessThanOrEqual(66);
    expect(seconds.slice(4).every((each) => each >= 54)).toBe(true);
    expect(continued?.faults).toBe(stepsPerGeneration);
    expect(
      runGeneration([inSeconds(1), ...Array.from({ length: 9 }, () => inSeconds(1))], 4).continued?.faults,
    ).toBe(0);
  });
});
