import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCliApp, type CliApp } from '../support/cliApp.ts';
import type { CommandLine } from '../support/commandLine.ts';
import { eventually } from '../support/eventually.ts';
import { ordersEndpoint, type RunningApp } from '../support/runningApp.ts';

/** What the command line does with endpoints, groups, many jobs and evidence, against the running app. */
let started: CliApp;
let app: RunningApp;
let bridge: CommandLine;
beforeAll(async () => {
  started = await startCliApp({ endpoints: [{ ...ordersEndpoint, name: 'calm' }] });
  ({ app, bridge } = started);
});
afterAll(() => started.stop());

describe('npx bridge endpoints', () => {
  it('lists all and shows one', async () => {
    const { endpoints } = await bridge.json('endpoints', 'list');
    expect((endpoints as { name: string }[]).map(({ name }) => name)).toEqual(['orders', 'lost', 'calm']);
    expect((await bridge('endpoints')).stdout).toMatch(/^Name +State[^]*orders +running +queue/);
    expect((await bridge('endpoints', 'show', 'orders')).stdout).toMatch(
      /State +running[^]*Can be asked +pause/,
    );
    expect(await bridge.json('endpoints', 'show', 'orders')).toMatchObject({ name: 'orders', held: 0 });
  });

  it('pauses an endpoint, whose jobs are held, and drains it', async () => {
    const paused = await bridge.json('endpoints', 'pause', 'calm', '--reason', 'consumer is mended');
    expect(paused).toMatchObject({ state: 'paused', pause: { reason: 'consumer is mended' } });
    const id = await eventually('a job is held', async () => {
      const accepted = await app.accept(started.newBody(), { endpoint: 'calm' });
      const { results } = await bridge
        .json('jobs', 'list', '--endpoint', 'calm', '--held')
        .then(({ jobs }) => ({
          results: jobs as { id: string }[],
        }));
      return results.find((job) => job.id === accepted)?.id ?? results[0]?.id;
    });
    expect((await bridge('jobs', 'list', '--held')).stdout).toMatch(new RegExp(`${id} +Waiting \\(held\\)`));
    expect((await bridge('endpoints', 'show', 'calm')).stdout).toMatch(
      /Paused +by the holder of a function key on .*consumer is mended/,
    );
    const drained = await bridge('endpoints', 'drain', 'calm', '--per-minute', '6000');
    expect(drained.stdout).toMatch(/calm +draining/);
    await app.until(id, 'Succeeded');
  });

  it('says what is possible when the state forbids it', async () => {
    const { code, stderr } = await bridge('endpoints', 'resume', 'orders');
    expect(code).toBe(1);
    expect(stderr).toMatch(/Possible now: pause\. \(409 ActionForbidden\)/);
    expect((await bridge('endpoints', 'show', 'nowhere')).code).toBe(1);
  });

  it('resumes', async () => {
    await bridge.json('endpoints', 'pause', 'orders');
    expect(await bridge.json('endpoints', 'resume', 'orders', '--reason', 'mended')).toMatchObject({
      pause: null,
    });
  });
});

describe('npx bridge jobs payload', () => {
  it('shows context and message, and the look is recorded on the job', async () => {
    const id = await started.suspendedJob();
    const { code, stdout, stderr } = await bridge('jobs', 'payload', id);
    expect(code).toBe(0);
    expect(stdout).toMatch(/Context[^]*"MessageName"[^]*Message[^]*application\/json/);
    expect(stderr).toBe('This look at the payload is recorded on the job.\n');
    expect(await bridge.json('jobs', 'payload', id)).toMatchObject({ message: { messageId: id } });
    expect((await app.job(id)).asked.map(({ action }) => action)).toEqual(['seePayload', 'seePayload']);
  });

  it('writes the bytes of the message', async () => {
    const body = started.newBody();
    const id = await app.accept(body);
    await app.until(id, 'Succeeded');
    expect((await bridge('jobs', 'payload', id, '--message')).stdout).toBe(body);
  });
});

describe('npx bridge jobs bundle', () => {
  it('writes a file without the key or the payload, and never over another', async () => {
    const id = await started.suspendedJob();
    const file = join(started.folder, 'bundle.json');
    expect(await bridge.json('jobs', 'bundle', id, '--output', file)).toMatchObject({ file });
    const text = await readFile(file, 'utf8');
    expect(JSON.parse(text)).toBeTypeOf('object');
    expect(text).toContain(id);
    expect(text).not.toContain('Fabrikam');
    expect(text).not.toContain(app.functionKey);
    const again = await bridge('jobs', 'bundle', id, '--output', file);
    expect(again.code).toBe(2);
    expect(again.stderr).toMatch(/was not written: EEXIST.*--output/);
  });

  it('goes to standard output with --output -', async () => {
    const id = await started.suspendedJob();
    expect((await bridge('jobs', 'bundle', id, '--output', '-')).stdout).toContain(id);
  });
});

describe('npx bridge groups and summary', () => {
  it('count what stands still, by endpoint and failure', async () => {
    await started.suspendedJob();
    const { groups } = await bridge.json('groups');
    const group = (groups as { endpoint: string; code: string; count: number }[])[0];
    expect(group).toMatchObject({ endpoint: 'lost', code: 'EntityNotFound' });
    const { statuses } = await bridge.json('summary');
    expect(statuses).toMatchObject({ Suspended: group?.count });
    expect((await bridge('groups', 'list')).stdout).toMatch(
      /^Endpoint +Code +Jobs[^]*lost +EntityNotFound +\d/,
    );
    expect((await bridge('summary')).stdout).toMatch(/Suspended +[1-9][^]*Failure groups +1/);
  });

  it('write, show and remove the note of a group', async () => {
    await started.suspendedJob();
    const note = ['groups', 'note', 'lost', 'EntityNotFound'];
    expect(await bridge.json(...note, 'ticket 4711')).toMatchObject({ note: { text: 'ticket 4711' } });
    expect((await bridge(...note)).stdout).toMatch(/^ticket 4711 \(the holder of a function key, 20/);
    expect((await bridge('groups')).stdout).toContain('ticket 4711');
    expect((await bridge(...note, '--remove')).stdout).toBe('No note.\n');
    expect(await bridge.json(...note)).toEqual({ note: null });
    expect((await bridge('groups', 'note', 'lost', 'NoSuchCode', 'text')).code).toBe(1);
  });

  it.each(['groups', 'summary'])('name an endpoint that holds jobs back: %s', async (command) => {
    await bridge('endpoints', 'pause', 'orders', '--reason', 'ticket 4712');
    await eventually(`${command} names it`, async () => {
      const { stdout } = await bridge(command);
      return /^Endpoint orders is paused, \d+ held\. Paused by .*: ticket 4712$/m.test(stdout) || undefined;
    });
    await bridge.json('endpoints', 'resume', 'orders');
  });
});

describe('npx bridge bulk', () => {
  it('counts with --dry-run and does nothing else', async () => {
    const id = await started.suspendedJob();
    const counted = await bridge.json(
      ...['bulk', 'start', 'cancel', '--status', 'Suspended', '--endpoint', 'lost', '--reason', 'test'],
      '--dry-run',
    );
    expect(counted).toMatchObject({ complete: true, count: expect.any(Number) as number });
    expect((await app.job(id)).status).toBe('Suspended');
  });

  it('asks for --yes where nobody can be asked, with the count', async () => {
    await started.suspendedJob();
    const { code, stderr } = await bridge(
      ...['bulk', 'start', 'cancel', '--endpoint', 'lost', '--reason', 'test'],
    );
    expect(code).toBe(2);
    expect(stderr).toMatch(/cancel \d+ jobs as of 20.*--yes/);
  });

  it('ends with 0 when all went well; the operation can be listed, shown and its results read', async () => {
    const ids = [await started.suspendedJob(), await started.suspendedJob()];
    const operation = await bridge.json(
      ...['bulk', 'start', 'cancel', '--status', 'Suspended', '--endpoint', 'lost', '--reason', 'not needed'],
      '--yes',
    );
    expect(operation).toMatchObject({ status: 'Completed', reason: 'not needed', failed: 0 });
    for (const id of ids) expect((await app.job(id)).status).toBe('Canceled');
    const id = operation['id'] as string;
    expect((await bridge('bulk', 'list')).stdout).toMatch(new RegExp(`${id} +cancel +Completed`));
    expect((await bridge('bulk', 'show', id)).stdout).toMatch(/Status +Completed[^]*Reason +not needed/);
    expect((await bridge('bulk', 'show', id, '--wait')).code).toBe(0);
    const { results } = await bridge.json('bulk', 'results', id);
    expect(results).toEqual(
      expect.arrayContaining(
        ids.map((jobId) => expect.objectContaining({ jobId, result: 'done' }) as unknown),
      ),
    );
    expect((await bridge('bulk', 'results', id)).stdout).toContain(ids[0]);
    expect((await bridge('bulk', 'cancel', id)).code).toBe(1);
  });

  it('retries with a canary, which ends with 1 when the jobs fail again', async () => {
    for (let count = 0; count < 2; count += 1) await started.suspendedJob();
    const { code, stdout } = await bridge(
      ...['bulk', 'start', 'retry', '--status', 'Suspended', '--endpoint', 'lost', '--canary', '1,2'],
      ...['--reason', 'mended, it is believed', '--yes', '--json'],
    );
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      status: 'Stopped',
      canary: { steps: [1, 2], failureLimitPercent: 10 },
      outcomes: { failedAgain: 1 },
    });
  });

  it('retries with a canary the jobs of a file, and ends with 0 when they are delivered', async () => {
    await bridge.json('endpoints', 'pause', 'calm');
    const ids: string[] = [];
    for (let count = 0; count < 3; count += 1) {
      const id = await app.accept(started.newBody(), { endpoint: 'calm' });
      await bridge('jobs', 'cancel', id);
      await app.until(id, 'Canceled');
      ids.push(id);
    }
    const asked = await bridge(
      ...['bulk', 'start', 'retry', '--status', 'Canceled', '--endpoint', 'calm', '--reason', 'too early'],
    );
    expect(asked.stderr).toContain('Endpoint calm is paused: its jobs are held and not tried');
    expect(asked.code).not.toBe(0);
    await bridge.json('endpoints', 'resume', 'calm');
    const { code, stdout } = await bridge.withInput(
      ids.join('\n'),
      ...[
        'bulk',
        'start',
        'retry',
        '--status',
        'Canceled',
        '--ids-from',
        '-',
        '--canary',
        '--reason',
        'again',
      ],
      ...['--yes', '--json'],
    );
    expect(JSON.parse(stdout)).toMatchObject({
      status: 'Completed',
      outcomes: { succeeded: 3, failedAgain: 0, pending: 0 },
    });
    expect(code).toBe(0);
    for (const id of ids) expect((await app.job(id)).status).toBe('Succeeded');
  });

  it('leaves the operation running with --no-wait, to be canceled', async () => {
    for (let count = 0; count < 3; count += 1) await started.suspendedJob();
    const operation = await bridge.json(
      ...['bulk', 'start', 'postpone', '--status', 'Suspended', '--endpoint', 'lost', '--until', '2h'],
      ...['--rate', '1', '--reason', 'later', '--yes', '--no-wait'],
    );
    expect(operation).toMatchObject({ status: 'Running', ratePerMinute: 1 });
    const id = operation['id'] as string;
    expect((await bridge('bulk', 'cancel', id)).stdout).toMatch(/postpone +Cancel/);
    const { code, stdout } = await bridge('bulk', 'show', id, '--wait', '--json');
    expect([code, (JSON.parse(stdout) as { status: string }).status]).toEqual([1, 'Canceled']);
  });

  it('deletes for good what the filter names, and nothing else', async () => {
    const ids = [await started.suspendedJob(), await started.suspendedJob()];
    const other = await app.accept(started.newBody());
    await app.until(other, 'Succeeded');
    const [first, second] = ids;
    const request = ['bulk', 'start', 'delete', '--ids-from', '-', '--reason', 'tests of yesterday'];
    const unasked = await bridge.withInput(ids.join('\n'), ...request);
    expect([unasked.code, unasked.stderr]).toEqual([
      2,
      expect.stringMatching(/delete 2 jobs as of 20.*--yes/),
    ]);
    const { code, stdout } = await bridge.withInput(ids.join('\n'), ...request, '--yes', '--json');
    expect(code).toBe(0);
    const operation = JSON.parse(stdout) as { readonly id: string };
    expect(operation).toMatchObject({
      action: 'delete',
      status: 'Completed',
      done: 2,
      missing: 0,
      failed: 0,
    });
    for (const id of ids) expect((await bridge('jobs', 'show', id)).stderr).toMatch(/404/);
    expect((await app.job(other)).status).toBe('Succeeded');
    const { results } = await bridge.json('bulk', 'results', operation.id);
    expect(
      (results as { jobId: string; result: string }[]).map(({ jobId, result }) => [jobId, result]).sort(),
    ).toEqual(
      [
        [first, 'done'],
        [second, 'done'],
      ].sort(),
    );
  });

  it('says that there is nothing to do', async () => {
    const { code, stdout } = await bridge(
      ...['bulk', 'start', 'retry', '--code', 'QuotaExceeded', '--reason', 'none'],
    );
    expect([code, stdout]).toEqual([0, '0 jobs match; nothing to do.\n']);
  });
});
