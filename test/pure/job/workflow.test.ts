import { describe, expect, it } from 'vitest';
import type { PostMessageInput } from '../../../shared/job/postMessage.ts';
import type { DeliveredAttempt, PostOutcome } from '../../../shared/job/postOutcome.ts';
import {
  activitiesPerGeneration,
  systemJobWorkflow,
  type SystemJobContext,
  type SystemJobInput,
} from '../../../shared/job/workflow.ts';
import type { Waited } from '../../../shared/workflow/waited.ts';
import { operationTime } from '../../support/jobs.ts';

type Task =
  | { readonly kind: 'post'; readonly input: PostMessageInput }
  | { readonly kind: 'wait'; readonly until: string };

const retry = (attempt: number): PostOutcome => ({
  kind: 'retryLater',
  dueOn: new Date(operationTime.getTime() + attempt * 60_000).toISOString(),
  attempt,
});

const succeeded: PostOutcome = { kind: 'rested', status: 'Succeeded' };

/** Runs one generation of the workflow; `answers` are the results of its activities, and its waits end as `waited` says. */
const runGeneration = (
  input: SystemJobInput,
  answers: readonly (PostOutcome | Error)[],
  waited: Waited = 'woken',
) => {
  const left = [...answers];
  const tasks: Task[] = [];
  let continued: SystemJobInput | undefined;
  const context: SystemJobContext<Task> = {
    jobId: 'job',
    input,
    now: () => operationTime,
    *post(postInput) {
      return (yield { kind: 'post', input: postInput }) as PostOutcome;
    },
    *waitUntilOrWoken(dueOn) {
      yield { kind: 'wait', until: dueOn.toISOString() };
      return waited;
    },
    continueAsNew: (next) => {
      continued = next;
    },
  };
  const workflow = systemJobWorkflow(context);
  let step = workflow.next();
  while (step.done !== true) {
    tasks.push(step.value);
    const answer = step.value.kind === 'post' ? left.shift() : undefined;
    step = answer instanceof Error ? workflow.throw(answer) : workflow.next(answer);
  }
  return { tasks, continued, result: step.value };
};

const first: SystemJobInput = { attempt: 1, faults: 0 };

describe('the workflow of a system job', () => {
  it('ends with the first attempt when that rests the job', () => {
    for (const status of ['Succeeded', 'Suspended', 'Failed', 'Canceled'] as const) {
      const outcome: PostOutcome = { kind: 'rested', status };
      expect(runGeneration(first, [outcome])).toEqual({
        tasks: [{ kind: 'post', input: { jobId: 'job', attempt: 1 } }],
        continued: undefined,
        result: outcome,
      });
    }
  });

  it('waits as long as it is told and asks for the attempt it is told', () => {
    const { tasks, result } = runGeneration(first, [retry(2), retry(7), succeeded]);
    expect(tasks).toEqual([
      { kind: 'post', input: { jobId: 'job', attempt: 1 } },
      { kind: 'wait', until: '2025-11-24T16:02:00.000Z' },
      { kind: 'post', input: { jobId: 'job', attempt: 2 } },
      { kind: 'wait', until: '2025-11-24T16:07:00.000Z' },
      { kind: 'post', input: { jobId: 'job', attempt: 7 } },
    ]);
    expect(result).toEqual(succeeded);
  });

  it('continues as new behind a wait, never between an activity and its wait', () => {
    const answers = Array.from({ length: activitiesPerGeneration }, (_, n) => retry(n + 2));
    const { tasks, continued, result } = runGeneration(first, answers);
    expect(tasks).toHaveLength(2 * activitiesPerGeneration);
    expect(tasks.at(-1)?.kind).toBe('wait');
    expect(continued).toEqual({ attempt: activitiesPerGeneration + 1, faults: 0 });
    expect(result).toBeUndefined();
  });

  it('continues as new behind a wait that ran its time, so that no wait is left to swallow a wake-up', () => {
    const { tasks, continued } = runGeneration(first, [retry(2), succeeded], 'due');
    expect(tasks.map(({ kind }) => kind)).toEqual(['post', 'wait']);
    expect(continued).toEqual({ attempt: 2, faults: 0 });
  });

  it('asks for the same attempt again after an exception, at growing intervals and without end', () => {
    let input: SystemJobInput = { attempt: 3, faults: 0 };
    const delays: number[] = [];
    for (let generation = 0; generation < 4; generation += 1) {
      const answers = Array.from({ length: activitiesPerGeneration }, () => new Error('storage is away'));
      const { tasks, continued } = runGeneration(input, answers);
      for (const task of tasks) {
        if (task.kind === 'post') expect(task.input.attempt).toBe(3);
        else delays.push((Date.parse(task.until) - operationTime.getTime()) / 1000);
      }
      if (continued === undefined) throw new Error('the workflow ended');
      input = continued;
    }
    expect(input).toEqual({ attempt: 3, faults: 4 * activitiesPerGeneration });
    expect(delays[0]).toBeGreaterThan(4);
    expect(delays[0]).toBeLessThan(6);
    expect(delays[1]).toBeGreaterThan(9);
    expect(delays.at(-1)).toBeGreaterThan(269);
    expect(delays.at(-1)).toBeLessThan(331);
  });

  it('has a delivery recorded that could not be, for as long as it takes (S-8)', () => {
    const delivered: DeliveredAttempt = {
      attempt: 2,
      startedOn: operationTime.toISOString(),
      endedOn: operationTime.toISOString(),
      delivery: { kind: 'delivered' },
    };
    const { tasks, continued } = runGeneration(first, [
      retry(2),
      { kind: 'unrecorded', delivered },
      ...Array.from({ length: activitiesPerGeneration - 2 }, () => new Error('storage is away')),
    ]);
    const recording = { kind: 'post', input: { jobId: 'job', attempt: 2, delivered } };
    const posts = tasks.filter(({ kind }) => kind === 'post');
    expect(posts.slice(2)).toEqual(posts.slice(2).map(() => recording));
    expect(continued).toEqual({ attempt: 2, faults: activitiesPerGeneration - 1, delivered });
    expect(runGeneration({ attempt: 2, faults: 4, delivered }, [succeeded])).toMatchObject({
      tasks: [recording],
      result: succeeded,
    });
  });

  it('waits a second at least: a row that is left alone may name a time that is past', () => {
    const past = new Date(operationTime.getTime() - 30_000).toISOString();
    const { tasks } = runGeneration(first, [{ kind: 'retryLater', dueOn: past, attempt: 1 }, succeeded]);
    expect(tasks[1]).toEqual({
      kind: 'wait',
      until: new Date(operationTime.getTime() + 1000).toISOString(),
    });
  });

  it('forgets exceptions once the activity answers', () => {
    const answers = [new Error('away'), retry(2), new Error('away'), retry(3), retry(4)];
    expect(runGeneration(first, answers).continued).toEqual({ attempt: 4, faults: 0 });
  });
});
