import { describe, expect, it } from 'vitest';
import type { Delivery } from '../../../shared/delivery/delivery.ts';
import { holdJob } from '../../../shared/job/heldJob.ts';
import { isResting } from '../../../shared/job/jobStatus.ts';
import { postMessage, type PostMessageDependencies } from '../../../shared/job/postMessage.ts';
import { outcomeOf, type PostOutcome } from '../../../shared/job/postOutcome.ts';
import type { SystemJob } from '../../../shared/job/systemJob.ts';
import { inEveryOrder, type LaneWork } from '../../support/interleavings.ts';
import { acceptedAt, jobWith, later, minutes, seconds } from '../../support/jobs.ts';
import { delivered, failedWith, postingRig, type PostingRig } from '../../support/posting.ts';

/** What one of the two runs meets: its gate, and what comes of its attempt. */
interface Run {
  readonly what: string;
  /** Undefined: its gate holds it. */
  readonly delivery?: Delivery;
  readonly isSlow?: boolean;
  /** Its writes arrive, but are answered as if somebody else had been first: the client repeated them. */
  readonly isAnswerLost?: boolean;
}

const runs: readonly Run[] = [
  { what: 'is held' },
  { what: 'delivers', delivery: delivered },
  { what: 'fails for now', delivery: failedWith('Busy') },
  { what: 'fails until a person acts', delivery: failedWith('Unauthorized') },
  { what: 'fails for good', delivery: failedWith('MessageTooLarge') },
  { what: 'delivers slowly', delivery: delivered, isSlow: true },
  { what: 'fails slowly for now', delivery: failedWith('Busy'), isSlow: true },
  { what: 'is held without hearing it', isAnswerLost: true },
  { what: 'delivers without hearing it', delivery: delivered, isAnswerLost: true },
  { what: 'fails for now without hearing it', delivery: failedWith('Busy'), isAnswerLost: true },
];

const pairs = runs.flatMap((one, index) =>
  runs
    .slice(index)
    .map((other) => ({ names: `one ${one.what}, one ${other.what}`, pair: [one, other] as const })),
);

const due = later(acceptedAt, -seconds(1));

const rows: readonly (readonly [what: string, job: SystemJob])[] = [
  ['new', jobWith()],
  ['due', jobWith({}, { status: 'Waiting', postponeUntil: due, attention: true })],
  ['held until now', holdJob(jobWith(), 'test', due, later(due, -minutes(1)))],
  ['in progress', jobWith({}, { status: 'InProgress', attention: true })],
  ['to be paused', jobWith({}, { status: 'Pausing', attention: true })],
  ['to be canceled', jobWith({}, { status: 'Canceling', attention: true })],
];

/** Each use of the store is a turn; nothing else is shared by two runs of an activity. */
const byTurns = (
  { store, clock }: PostingRig,
  { isAnswerLost }: Run,
  turn: () => Promise<void>,
): PostMessageDependencies['store'] => {
  const inTurn =
    <Args extends readonly unknown[], Answer>(work: (...args: Args) => Promise<Answer>) =>
    async (...args: Args): Promise<Answer> => {
      await turn();
      clock.move(seconds(1));
      return work(...args);
    };
  return {
    read: inTurn((id) => store.read(id)),
    readWithBody: inTurn((id) => store.readWithBody(id)),
    update: inTurn(async (before, after) => {
      const written = await store.update(before, after);
      return isAnswerLost === true ? 'changed' : written;
    }),
  };
};

const depsOf = (rig: PostingRig, run: Run, turn: () => Promise<void>) => ({
  ...rig.deps,
  store: byTurns(rig, run, turn),
  gate: {
    ...rig.gate,
    ask: async (): ReturnType<typeof rig.gate.ask> =>
      run.delivery === undefined
        ? { kind: 'held', reason: 'test', lookAgainOn: later(rig.clock.now(), minutes(1)) }
        : { kind: 'pass' },
    finished: async () => undefined,
  },
  after: (_ms: number, call: () => void) => {
    if (run.isSlow === true) call();
    return () => undefined;
  },
  publisherFor: () => ({ publish: async () => run.delivery ?? delivered }),
});

/** When the workflow looks at the row next, in milliseconds; undefined when it has ended. */
const nextLookMs = (outcome: PostOutcome, wokenMs: number | undefined): number | undefined => {
  if (outcome.kind === 'rested') return undefined;
  const dueMs = outcome.kind === 'retryLater' ? Date.parse(outcome.dueOn) : 0;
  return wokenMs === undefined ? dueMs : Math.min(dueMs, wokenMs);
};

/** One job whose activity runs twice at once, and how they left it. */
const twins = async (row: SystemJob, pair: readonly [Run, Run]) => {
  const rig = postingRig(row);
  await rig.accept();
  const outcomes: PostOutcome[] = [];
  let wokenMs: number | undefined;
  const store: PostingRig['store'] = {
    ...rig.store,
    update: async (before, after) => {
      const written = await rig.store.update(before, after);
      // Who was woken before looked at another row.
      if (written !== 'changed') wokenMs = undefined;
      return written;
    },
  };
  const works = pair.map((run): LaneWork => async (turn) => {
    const wake = async (): Promise<boolean> => {
      await turn();
      wokenMs = rig.clock.now().getTime();
      return true;
    };
    const deps = { ...depsOf({ ...rig, store }, run, turn), wake };
    outcomes.push(await postMessage(deps)({ jobId: row.id, attempt: 1 }));
  });
  const check = async (order: string): Promise<void> => {
    const job = await rig.job();
    const nowMs = rig.clock.now().getTime();
    const asked = outcomeOf(job);
    const askedMs = asked.kind === 'retryLater' ? Math.max(Date.parse(asked.dueOn), nowMs) : nowMs;
    for (const outcome of outcomes) {
      const lookMs = nextLookMs(outcome, wokenMs);
      const said = `${order}: ${JSON.stringify(outcome)}, and the row is ${job.status} until ${job.postponeUntil?.toISOString()}`;
      if (lookMs === undefined) expect(isResting(job.status), said).toBe(true);
      else expect((lookMs - askedMs) / 1000, said).toBeLessThanOrEqual(0);
    }
  };
  return { works, check };
};

describe('an activity that runs twice at the same moment', () => {
  describe.each(rows)('for a job that is %s', (_what, row) => {
    it.each(pairs)('lets its workflow sleep no longer than the row says: $names (S-7)', async ({ pair }) => {
      expect(await inEveryOrder(() => twins(row, pair))).toBeGreaterThan(1);
    });
  });
});
