import { spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import getPort from 'get-port';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { repositoryRoot } from '../../local/process/programs.ts';
import { startCliApp, type CliApp } from '../support/cliApp.ts';
import { commandLine, type CommandLine } from '../support/commandLine.ts';
import { eventually } from '../support/eventually.ts';
import { ordersEndpoint, type RunningApp } from '../support/runningApp.ts';

/** The command line against the running app: exit codes, documents on standard output, words on standard error. */
let started: CliApp;
let app: RunningApp;
let bridge: CommandLine;
let folder: string;
beforeAll(async () => {
  started = await startCliApp({
    endpoints: [{ ...ordersEndpoint, name: 'choosy', filter: { tables: ['contact'] } }],
    routes: [{ name: 'accounts', endpoints: ['orders', 'choosy'], filter: { tables: ['account'] } }],
  });
  ({ app, bridge, folder } = started);
});
afterAll(() => started.stop());

describe('npx bridge send', () => {
  it('lists the samples without an argument', async () => {
    const { samples } = await bridge.json('send');
    expect(samples).toContain('create-account');
    expect((await bridge('send')).stdout.split('\n')).toContain('create-account');
  });

  it('posts a sample as a new operation each time, and waits for its outcome', async () => {
    const one = await bridge.json('send', 'create-account', '--endpoint', 'orders', '--wait');
    const other = await bridge.json('send', 'create-account', '--endpoint', 'orders', '--wait');
    expect(one).toMatchObject({ job: { duplicate: false }, waited: [{ status: 'Succeeded' }] });
    expect(other).toMatchObject({ job: { duplicate: false }, waited: [{ status: 'Succeeded' }] });
  });

  it('posts a file and standard input byte for byte, so that the second is the same job', async () => {
    const body = started.newBody();
    const file = join(folder, 'context.json');
    await writeFile(file, body);
    const one = await bridge.json('send', file, '--endpoint', 'orders');
    const other = await bridge.withInput(body, 'send', '-', '--endpoint', 'orders', '--json');
    const { id } = one['job'] as { id: string };
    expect(JSON.parse(other.stdout)).toMatchObject({ job: { id, duplicate: true } });
  });

  it('goes where the routes lead without --endpoint', async () => {
    const answer = await bridge.json('send', 'create-account');
    expect(answer).toMatchObject({ jobs: [{ endpoint: 'orders' }], filteredOut: [{ endpoint: 'choosy' }] });
    expect((await bridge('send', 'create-account')).stdout).toMatch(
      /Accepted: .* \(orders\)\nFiltered out: choosy/,
    );
  });

  it('ends with 1 when what it waited for was not delivered', async () => {
    const { code, stdout } = await bridge('send', 'create-account', '--endpoint', 'lost', '--wait');
    expect(code).toBe(1);
    expect(stdout).toMatch(/Suspended.*EntityNotFound/);
  });

  it('ends with 1 and says each fault of a body that is no context', async () => {
    const { code, stdout, stderr } = await bridge.withInput(
      '{"Depth":1}',
      'send',
      '-',
      '--endpoint',
      'orders',
    );
    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/400 ContextInvalid[^]*\/MessageName is missing[^]*\/PrimaryEntityId is missing/);
  });

  it('ends with 2 when there is no such sample or file', async () => {
    const { code, stderr } = await bridge('send', 'no-such-sample');
    expect(code).toBe(2);
    expect(stderr).toMatch(/samples are .*create-account/);
  });
});

describe('npx bridge explain', () => {
  it('shows what would be sent, as lines and as the document of the app', async () => {
    const { code, stdout } = await bridge('explain', 'create-account', '--endpoint', 'orders');
    expect(code).toBe(0);
    expect(stdout).toMatch(/Contract +queue dataverse-events/);
    expect(await bridge.json('explain', 'create-account', '--endpoint', 'orders')).toMatchObject({
      endpoint: 'orders',
      message: { contentType: 'application/json' },
    });
  });

  it('explains each endpoint that the routes lead to', async () => {
    const { stdout } = await bridge('explain', 'create-account');
    expect(stdout).toMatch(/Endpoint +orders[^]*Endpoint +choosy/);
  });

  it('ends with 1 at an endpoint that is not there', async () => {
    expect((await bridge('explain', 'create-account', '--endpoint', 'nowhere')).code).toBe(1);
  });
});

describe('npx bridge jobs', () => {
  it('lists what the filter names, and follows the pages up to the limit', async () => {
    for (let count = 0; count < 3; count += 1) await started.suspendedJob();
    const filter = ['--status', 'Suspended', '--endpoint', 'lost'];
    const listed = await bridge.json('jobs', 'list', ...filter, '--limit', '2');
    const jobs = listed['jobs'] as { status: string; endpoint: string }[];
    expect(jobs).toHaveLength(2);
    expect(jobs.every(({ status, endpoint }) => status === 'Suspended' && endpoint === 'lost')).toBe(true);
    const rest = await bridge.json('jobs', 'list', ...filter, '--after', listed['next'] as string);
    expect(JSON.stringify(rest)).not.toContain(JSON.stringify(jobs[0]));
    const { stdout, stderr } = await bridge('jobs', 'list', '--code', 'EntityNotFound', '--limit', '1');
    expect(stdout).toMatch(/^Id +Status +Endpoint[^]*Suspended +lost/);
    expect(stderr).toMatch(/There are more/);
  });

  it('takes every filter that the app has', async () => {
    const { code, stderr } = await bridge(
      ...['jobs', 'list', '--status', 'Waiting,Failed', '--endpoint', 'orders', '--code', 'Busy'],
      ...['--table', 'account', '--message', 'Create', '--from', '2h', '--to', '2026-12-01', '--retried'],
    );
    expect([code, stderr]).toEqual([0, '']);
    const more = await bridge(
      ...[
        'jobs',
        'list',
        '--attention',
        '--held',
        '--retrying',
        '--min-attempts',
        '2',
        '--next-before',
        '10m',
      ],
      ...['--record', '0231eaea-3671-4577-aaba-e2e80f34590e'],
      ...['--correlation-id', '0231eaea-3671-4577-aaba-e2e80f34590e'],
      ...['--operation-id', '0231eaea-3671-4577-aaba-e2e80f34590e'],
    );
    expect([more.code, more.stderr]).toEqual([0, '']);
    expect(more.stdout).toBe('No jobs.\n');
  });

  it('shows one job with its attempts and what people asked', async () => {
    const id = await started.suspendedJob();
    await bridge('jobs', 'retry', id, '--reason', 'queue made', '--wait');
    const { stdout } = await bridge('jobs', 'show', id);
    expect(stdout).toMatch(
      /Status +Suspended[^]*Attempts[^]*suspend +EntityNotFound[^]*Asked by people[^]*queue made/,
    );
    expect(await bridge.json('jobs', 'show', id)).toMatchObject({ id, asked: [{ reason: 'queue made' }] });
  });

  it('retries with --wait: 1 when the job is not delivered', async () => {
    const id = await started.suspendedJob();
    const { code, stdout } = await bridge('jobs', 'retry', id, '--wait', '--json');
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      results: [{ id, exitCode: 1, job: { status: 'Suspended', attemptCount: 2 } }],
    });
  });

  it('cancels, retries, postpones, resumes and pauses', async () => {
    const id = await started.suspendedJob();
    const statusAfter = async (...args: string[]): Promise<unknown> => {
      const { results } = await bridge.json('jobs', ...args);
      return (results as { job: { status: string } }[])[0]?.job.status;
    };
    expect(await statusAfter('cancel', id, '--wait')).toBe('Canceled');
    expect(await statusAfter('retry', id)).toBe('WaitingForResources');
    await app.until(id, 'Suspended');
    expect(await statusAfter('postpone', id, '--until', '2h', '--reason', 'tomorrow')).toBe('Waiting');
    expect(await statusAfter('pause', id, '--wait')).toBe('Suspended');
    expect(await statusAfter('resume', id)).toBe('WaitingForResources');
    expect((await app.job(id)).asked.map(({ action }) => action)).toEqual([
      'cancel',
      'retry',
      'postpone',
      'pause',
      'resume',
    ]);
  });

  it('says why an action is refused and goes on with the next job', async () => {
    const delivered = await app.accept(started.newBody());
    await app.until(delivered, 'Succeeded');
    const suspended = await started.suspendedJob();
    const { code, stdout, stderr } = await bridge('jobs', 'cancel', delivered, suspended, '--json');
    expect(code).toBe(1);
    expect(stderr).toMatch(/409 ActionForbidden/);
    expect(JSON.parse(stdout)).toMatchObject({
      results: [
        { id: delivered, job: null, exitCode: 1 },
        { id: suspended, job: { status: 'Canceled' }, exitCode: 0 },
      ],
    });
  });

  it('acts only on the version that --if-match names', async () => {
    const id = await started.suspendedJob();
    const { code, stderr } = await bridge('jobs', 'cancel', id, '--if-match', '"another"');
    expect(code).toBe(1);
    expect(stderr).toMatch(/412 JobChanged/);
    expect((await app.job(id)).status).toBe('Suspended');
  });

  it('deletes only with --yes where nobody can be asked', async () => {
    const id = await started.suspendedJob();
    const refused = await bridge('jobs', 'delete', id);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toMatch(/--yes/);
    expect((await app.job(id)).status).toBe('Suspended');
    expect((await bridge('jobs', 'delete', id, '--yes')).stdout).toBe(`Deleted ${id}.\n`);
    expect((await bridge('jobs', 'show', id)).code).toBe(1);
  });

  it('tails new and changed jobs, one JSON document a line, until Ctrl-C', async () => {
    const tail = bridge.start('jobs', 'tail', '--lines', '1', '--interval', '1', '--json');
    await eventually('the first line is there', async () => (tail.lines.length > 0 ? true : undefined));
    const id = await started.suspendedJob();
    await eventually(
      'the job is printed when it comes to rest',
      async () =>
        tail.lines
          .map((line) => JSON.parse(line) as { id: string; status: string })
          .find((job) => job.id === id && job.status === 'Suspended'),
      () => tail.lines.join('\n'),
    );
    tail.interrupt();
    expect(await tail.ended).toBe(0);
  });

  it('ends quietly when its reader has seen enough', async () => {
    const script = `"${process.execPath}" "${join(repositoryRoot, 'build/cli/main.js')}" jobs list --limit 200 --json | head -c 1; echo " \${PIPESTATUS[0]}"`;
    const child = spawn('bash', ['-c', script], {
      env: { ...process.env, BRIDGE_URL: app.baseUrl, BRIDGE_KEY: app.functionKey },
    });
    let output = '';
    let errors = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    await new Promise((resolve) => child.once('close', resolve));
    expect([output.trim(), errors]).toEqual(['{ 0', '']);
  });
});

describe('npx bridge health, me and open', () => {
  it('shows the report of the app', async () => {
    expect(await bridge.json('health')).toMatchObject({ storage: { status: 'reachable' } });
    expect((await bridge('health')).stdout).toMatch(/Storage +reachable/);
  });

  it('shows who the app takes us for', async () => {
    expect(await bridge.json('me')).toMatchObject({ auth: 'keys', roles: ['read', 'act', 'payload'] });
    expect((await bridge('me')).stdout).toMatch(/Roles +read, act, payload/);
  });

  it.each([{ CI: 'true' }, { FORCE_COLOR: '1' }, { TERM: 'xterm-256color' }])(
    'has no colours where its output is no terminal, with %j in the environment',
    async (environment) => {
      const piped = commandLine({ BRIDGE_URL: app.baseUrl, BRIDGE_KEY: app.functionKey, ...environment });
      expect((await piped('me')).stdout).not.toContain('\u001b');
    },
  );

  it('prints the address of the page, without the key', async () => {
    expect((await bridge('open')).stdout).toBe(`${app.baseUrl}/api/page/\n`);
  });
});

describe('exit codes and errors', () => {
  it.each([
    [['jobs', 'list', '--status', 'Asleep'], /status is "Asleep"; it must be one or some of/],
    [['jobs', 'show', 'no-such-job'], /There is no job no-such-job\. \(404 NotFound\)/],
    [['jobs', 'retry', 'no-such-job'], /404 NotFound/],
  ])('are 1 with the reason when the app refuses: bridge %j', async (args, reason) => {
    const { code, stdout, stderr } = await bridge(...args);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(reason);
  });

  it('are 3 when nothing answers, and say what to do', async () => {
    const nobody = commandLine({ BRIDGE_URL: `http://127.0.0.1:${await getPort()}`, BRIDGE_KEY: 'any' });
    const { code, stdout, stderr } = await nobody('jobs', 'list');
    expect([code, stdout]).toEqual([3, '']);
    expect(stderr).toMatch(/Nothing answers at .*ECONNREFUSED.*npm start.*BRIDGE_URL/);
  });

  it('are 3 while the storage of the app is out of reach, and 1 for its health report', async () => {
    app.storage.setMode('refuse');
    const listed = await bridge('jobs', 'list');
    const report = await bridge('health', '--json');
    app.storage.setMode('pass');
    expect(listed.code).toBe(3);
    expect(listed.stderr).toMatch(/503 StorageUnavailable.*Try again in 30 s/);
    expect(report.code).toBe(1);
    expect(JSON.parse(report.stdout)).toMatchObject({ status: 'unhealthy' });
  });

  it('are 4 for a wrong key or none, which is not printed', async () => {
    const wrong = commandLine({ BRIDGE_URL: app.baseUrl, BRIDGE_KEY: 'wrong-key-of-mine' });
    const { code, stdout, stderr } = await wrong('jobs', 'list', '--verbose');
    expect([code, stdout]).toEqual([4, '']);
    expect(stderr).toMatch(/does not accept the key \(401\).*BRIDGE_KEY/);
    expect(stderr).not.toContain('wrong-key-of-mine');
    expect((await commandLine({ BRIDGE_URL: app.baseUrl })('me')).code).toBe(4);
  });

  it('shows requests and answers with --verbose, the key hidden', async () => {
    const { code, stderr } = await bridge('me', '--verbose');
    expect(code).toBe(0);
    expect(stderr).toMatch(/> GET .*\/api\/me\n> x-functions-key: \*\*\*\n< 200/);
    expect(stderr).not.toContain(app.functionKey);
  });

  it('finds the app of npm start by the file that this leaves', async () => {
    const ready = { app: { baseUrl: app.baseUrl, functionKey: app.functionKey } };
    await writeFile(join(folder, 'ready.json'), JSON.stringify(ready));
    expect(await commandLine({}).json('me', '--state', folder)).toMatchObject({ auth: 'keys' });
    expect(await readFile(join(folder, 'ready.json'), 'utf8')).toBe(JSON.stringify(ready));
  });
});
