import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FailureCode } from '../../../shared/delivery/failureCatalogue.ts';
import { jobActions, type JobAction } from '../../../shared/job/jobActions.ts';
import { minutes, seconds } from '../../support/jobs.ts';
import { jobLife, type JobLife } from '../../support/jobLife.ts';
import {
  modelAct,
  modelFinish,
  modelRelease,
  modelRun,
  modelSlow,
  newModelJob,
  type ModelAttempt,
  type ModelJob,
} from '../../support/jobModel.ts';

/** What can happen to a job; a life is a random sequence of these. */
type LifeEvent =
  | { readonly kind: 'act'; readonly action: JobAction; readonly untilMs: number; readonly isStale: boolean }
  | { readonly kind: 'run' | 'runAgain' | 'slow' | 'due' | 'delete' | 'accept' | 'sweep' | 'release' }
  | { readonly kind: 'hold'; readonly isHeld: boolean }
  | { readonly kind: 'finish'; readonly code: FailureCode | undefined }
  | { readonly kind: 'time'; readonly ms: number };

/** The real job and the model's, side by side. */
interface Pair {
  readonly real: JobLife;
  model: ModelJob | undefined;
  underWay: ModelAttempt | undefined;
  isHeld: boolean;
  /** Attempts that the row has recorded; never fewer later. */
  recorded: number;
  /** Ways that lives went, over all runs: so that the test can tell that it tested something. */
  readonly seen: Map<string, number>;
}

const nowMs = ({ real }: Pair): number => real.clock.now().getTime();
const note = ({ seen }: Pair, what: string): void => void seen.set(what, (seen.get(what) ?? 0) + 1);

const postponedMs = async ({ real }: Pair): Promise<number> =>
  (await real.read())?.job.postponeUntil?.getTime() ?? 0;

const act = async (pair: Pair, { action, untilMs, isStale }: Extract<LifeEvent, { kind: 'act' }>) => {
  const { real, model } = pair;
  const before = model?.status;
  const answer = await real.act(action, untilMs, isStale);
  if (model === undefined || before === undefined) {
    expect(answer).toEqual({ kind: 'notFound' });
    return;
  }
  if (isStale) {
    expect(answer.kind).toBe('stale');
    return;
  }
  const isAllowed = modelAct(model, action, nowMs(pair), untilMs);
  note(pair, `${action} ${before} ${isAllowed ? 'done' : 'forbidden'}`);
  if (isAllowed) {
    expect(answer.kind).toBe('done');
    return;
  }
  expect(answer).toMatchObject({ kind: 'forbidden' });
  expect(answer.kind === 'forbidden' && answer.reason).toContain(
    `A job that is ${before} cannot be asked to ${action}.`,
  );
};

/** At most one attempt at a time, as the workflow makes them; one that is recorded may be run again at any time. */
const run = async (pair: Pair, again: boolean): Promise<void> => {
  const { real, model } = pair;
  const attempt = (model?.attempts ?? 0) + (again ? 0 : 1);
  if (attempt === 0 || (pair.underWay !== undefined && !again)) return;
  const isDue = (await postponedMs(pair)) <= nowMs(pair) + seconds(1);
  const sentBefore = real.sent.length;
  await real.run(attempt);
  const plannedOn = model?.until;
  const isSent = model !== undefined && modelRun(model, attempt, nowMs(pair), { isDue, isHeld: pair.isHeld });
  expect(real.sent.length - sentBefore).toBe(isSent ? 1 : 0);
  if (!isSent) return;
  expect(real.sent.at(-1)?.messageId).toBe(real.id);
  pair.underWay = { attempt, plannedOn, row: model, writes: model.writes };
};

const finish = async (pair: Pair, code: FailureCode | undefined): Promise<void> => {
  const { real, model, underWay } = pair;
  if (underWay === undefined) return;
  await real.finish(code);
  pair.underWay = undefined;
  if (model === undefined) {
    note(pair, 'finished without a row');
    return;
  }
  const before = model.status;
  const delivery =
    code === undefined ? ({ kind: 'delivered' } as const) : ({ kind: 'failed', code, detail: '' } as const);
  modelFinish(model, underWay, delivery, nowMs(pair));
  note(pair, `${code ?? 'delivered'} ${before} ${model.status}`);
};

/** What should move and does not is nudged. The sweeper may put a job into the index, and writes its row then. */
const sweep = async (pair: Pair): Promise<void> => {
  const { real, model } = pair;
  const before = await real.read();
  const nudged = await real.sweep();
  const after = await real.read();
  if (model === undefined || before === undefined) {
    expect(nudged).toEqual([]);
    return;
  }
  if (before.version !== after?.version) model.writes += 1;
  const { status, modifiedOn, postponeUntil } = before.job;
  const isMoving = ['WaitingForResources', 'InProgress', 'Pausing', 'Canceling'].includes(status);
  const sinceMs = nowMs(pair) - (isMoving ? modifiedOn : (postponeUntil ?? modifiedOn)).getTime();
  if ((isMoving || status === 'Waiting') && sinceMs > minutes(3)) {
    expect(nudged).toContain(real.id);
    note(pair, `nudged ${status}`);
  }
  if (!isMoving && status !== 'Waiting') expect(nudged).toEqual([]);
};

const remove = async (pair: Pair): Promise<void> => {
  const answer = await pair.real.remove();
  expect(answer.kind).toBe(pair.model === undefined ? 'notFound' : 'deleted');
  if (pair.model !== undefined) note(pair, `delete ${pair.model.status}`);
  pair.model = undefined;
  pair.recorded = 0;
};

const accept = async (pair: Pair): Promise<void> => {
  const isDuplicate = pair.model !== undefined;
  expect(await pair.real.accept()).toMatchObject({ kind: 'accepted', duplicate: isDuplicate });
  pair.model ??= newModelJob(nowMs(pair));
};

const happen = async (pair: Pair, event: LifeEvent): Promise<void> => {
  const { real, model } = pair;
  switch (event.kind) {
    case 'act':
      await act(pair, event);
      return;
    case 'run':
    case 'runAgain':
      return run(pair, event.kind === 'runAgain');
    case 'finish':
      return finish(pair, event.code);
    case 'slow':
      await real.slow();
      if (model !== undefined && pair.underWay !== undefined) modelSlow(model, pair.underWay, nowMs(pair));
      return;
    case 'hold':
      real.hold((pair.isHeld = event.isHeld));
      return;
    case 'release':
      await real.release();
      if (model !== undefined) modelRelease(model, nowMs(pair));
      return;
    case 'due':
      real.clock.move(Math.max(0, (await postponedMs(pair)) - nowMs(pair)));
      return;
    case 'time':
      real.clock.move(event.ms);
      return;
    case 'sweep':
      await sweep(pair);
      return;
    case 'delete':
      return remove(pair);
    case 'accept':
      return accept(pair);
  }
};

const expectSame = async (pair: Pair): Promise<void> => {
  const { real, model } = pair;
  const job = (await real.read())?.job;
  const indexed = (await real.store.list({ top: 9, attention: true })).jobs.length;
  if (model === undefined || job === undefined) {
    expect([model, job, indexed]).toEqual([undefined, undefined, 0]);
    return;
  }
  expect([job.status, job.attemptCount, job.roundAttempts, job.held]).toEqual([
    model.status,
    model.attempts,
    model.roundAttempts,
    model.held,
  ]);
  expect(job.id).toBe(real.id);
  const isPlain = ['Succeeded', 'Canceled'].includes(job.status);
  if (job.status !== 'WaitingForResources') expect(job.attention).toBe(!isPlain);
  else if (model.writes > 0) expect(job.attention).toBe(true);
  expect(indexed).toBe(job.attention ? 1 : 0);
  if (job.status === 'Waiting') expect(job.postponeUntil).toBeDefined();
  if (typeof model.until === 'number') expect(job.postponeUntil?.getTime()).toBe(model.until);
  expect(job.attempts.length).toBeGreaterThanOrEqual(Math.min(pair.recorded, 50));
  pair.recorded = job.attempts.length;
};

const codes = fc.constantFrom<FailureCode | undefined>('Busy', 'Busy', 'Unauthorized', 'Refused', undefined);

const event: fc.Arbitrary<LifeEvent> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('act' as const),
      action: fc.constantFrom(...jobActions),
      untilMs: fc.integer({ min: seconds(2), max: minutes(10) }),
      isStale: fc.integer({ min: 0, max: 9 }).map((chance) => chance === 0),
    }),
  },
  { weight: 8, arbitrary: fc.constant({ kind: 'run' as const }) },
  { weight: 5, arbitrary: fc.constant({ kind: 'due' as const }) },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('finish' as const), code: codes }) },
  {
    weight: 5,
    arbitrary: fc.record({ kind: fc.constant('time' as const), ms: fc.integer({ min: 1, max: minutes(6) }) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('hold' as const), isHeld: fc.boolean() }) },
  {
    weight: 5,
    arbitrary: fc.constantFrom<LifeEvent>(
      { kind: 'runAgain' },
      { kind: 'slow' },
      { kind: 'sweep' },
      { kind: 'release' },
      { kind: 'accept' },
    ),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'delete' as const }) },
);

const livedThrough = async (events: readonly LifeEvent[], seen: Map<string, number>): Promise<void> => {
  const real = await jobLife();
  const pair: Pair = { real, model: undefined, underWay: undefined, isHeld: false, recorded: 0, seen };
  await accept(pair);
  for (const each of events) {
    await happen(pair, each);
    await expectSame(pair);
  }
  await real.finish(undefined);
};

describe('the life of a job', () => {
  it('goes as the tables of the contract say, whatever happens in whatever order (S-3, S-4, S-6, S-7, S-9, S-10)', async () => {
    const seen = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(fc.array(event, { minLength: 5, maxLength: 40, size: 'max' }), (events) =>
        livedThrough(events, seen),
      ),
      { numRuns: 1500 },
    );
    for (const way of [
      'pause InProgress done',
      'cancel Suspended done',
      'postpone Suspended done',
      'retry Failed done',
      'retry Canceled done',
      'resume Pausing forbidden',
      'cancel Succeeded forbidden',
      'retry Canceling forbidden',
      'Busy Pausing Suspended',
      'Busy Canceling Canceled',
      'Busy Waiting Waiting',
      'Busy Waiting Failed',
      'delivered Canceling Succeeded',
      'delivered Pausing Succeeded',
      'nudged Canceling',
      'nudged WaitingForResources',
      'nudged Waiting',
      'finished without a row',
      'delete Succeeded',
    ]) {
      expect(seen.get(way) ?? 0, way).toBeGreaterThan(0);
    }
  }, 90_000);
});
