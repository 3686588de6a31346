import { beforeEach, describe, expect, it } from 'vitest';
import { actOnJob } from '../../../shared/job/actOnJob.ts';
import type { JobAction } from '../../../shared/job/jobActions.ts';
import { nudgeWith, type WorkflowStarter } from '../../../shared/job/nudge.ts';
import { acceptedAt, jobWith, later } from '../../support/jobs.ts';
import { memoryJobStore } from '../../support/memoryJobStore.ts';
import { rememberingStarter } from '../../support/starter.ts';

const job = jobWith(
  {},
  { status: 'Waiting', attention: true, attemptCount: 3, postponeUntil: later(acceptedAt, 99) },
);

let store: ReturnType<typeof memoryJobStore>;
let engine: ReturnType<typeof rememberingStarter>;
beforeEach(async () => {
  store = memoryJobStore();
  engine = rememberingStarter();
  await store.insert(job, new Uint8Array());
});

interface Around {
  readonly version?: string | undefined;
  readonly on?: Pick<typeof store, 'read' | 'update'>;
  readonly starter?: WorkflowStarter;
}

const act = (action: JobAction, { version, on = store, starter = engine.starter }: Around = {}) =>
  actOnJob({ store: on, nudge: nudgeWith(starter, () => undefined), now: () => acceptedAt })(
    job.id,
    { action, by: 'a test', reason: undefined, until: undefined },
    version === undefined ? undefined : (stored) => stored === version,
  );

describe('acting on a job', () => {
  it('writes first and wakes the running workflow second (S-5)', async () => {
    engine.running.add(job.id);
    const seen: unknown[] = [];
    const wake = async (): Promise<void> => {
      seen.push((await store.read(job.id))?.job.status);
    };
    expect(await act('retry', { starter: { ...engine.starter, wake } })).toMatchObject({
      kind: 'done',
      stored: { job: { status: 'WaitingForResources' } },
    });
    expect(seen).toEqual(['WaitingForResources']);
  });

  it('starts the workflow of a job that rests, with the next attempt', async () => {
    await act('cancel');
    expect(engine.calls).toEqual(['start 4']);
  });

  it('is done even if the workflow could not be told; the row keeps it (S-5)', async () => {
    engine.break();
    expect(await act('cancel')).toMatchObject({ kind: 'done' });
    expect((await store.read(job.id))?.job.status).toBe('Canceling');
  });

  it('follows a job that changes at the same moment', async () => {
    let interfered = false;
    const read = async (id: string) => {
      const stored = await store.read(id);
      if (stored !== undefined && !interfered) {
        interfered = true;
        await store.update(stored, { ...stored.job, attemptCount: 4 });
      }
      return stored;
    };
    expect(await act('pause', { on: { ...store, read } })).toMatchObject({
      kind: 'done',
      stored: { job: { status: 'Pausing', attemptCount: 4 } },
    });
  });

  it('is done when the write arrived though its answer got lost', async () => {
    let lost = false;
    const update: typeof store.update = async (before, after) => {
      const written = await store.update(before, after);
      if (lost) return written;
      lost = true;
      // The client's own repetition meets the version that the first request made.
      return 'changed';
    };
    expect(await act('cancel', { on: { ...store, update } })).toMatchObject({
      kind: 'done',
      stored: { job: { status: 'Canceling' } },
    });
    expect((await store.read(job.id))?.job.actions).toHaveLength(1);
    expect(engine.calls).toHaveLength(1);
  });

  it('is refused with what is possible instead (S-4)', async () => {
    await act('pause');
    const answer = await act('retry');
    expect(answer).toMatchObject({ kind: 'forbidden' });
    expect(answer.kind === 'forbidden' && answer.reason).toBe(
      'A job that is Pausing cannot be asked to retry. Possible: cancel.',
    );
  });

  it('is refused when the person saw an older version', async () => {
    const version = (await store.read(job.id))?.version;
    expect(await act('pause', { version })).toMatchObject({ kind: 'done' });
    expect(await act('cancel', { version })).toMatchObject({
      kind: 'stale',
      stored: { job: { status: 'Pausing' } },
    });
  });

  it('finds no job that is not there', async () => {
    expect(await act('pause', { on: memoryJobStore() })).toEqual({ kind: 'notFound' });
  });
});
