import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runProgram } from '../../../cli/program.ts';
import type { Terminal } from '../../../cli/terminal.ts';
import { scriptedTerminal } from '../../support/scriptedTerminal.ts';

/** Every text of this app wants to steer the terminal: a title (OSC), cleared lines (CSI, C1), a turned order. */
const evil = '\u001b]0;owned\u0007\u001b[2J\u009b1A\u202etxt';
const isObeyed = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

const job = {
  ...Object.fromEntries(
    [
      'id name endpoint status friendlyMessage code message messageName primaryEntityType organization',
      'regardingObjectId correlationId operationId modifiedOn createdOn answer',
    ]
      .flatMap((names) => names.split(' '))
      .map((name) => [name, evil]),
  ),
  actions: [evil],
  plannedAttempts: [evil],
  asked: [{ action: evil, on: evil, by: evil, reason: evil }],
  attempts: [{ attempt: evil, outcome: evil, code: evil, detail: evil }],
};

const operation = { id: evil, action: evil, status: evil, reason: evil, by: evil, actions: [evil] };

const endpoint = {
  ...{ name: evil, state: evil, contract: evil, path: evil, reason: evil, actions: [evil] },
  pause: { by: evil, on: evil, reason: evil },
  breaker: { state: evil, code: evil },
};

const summary = {
  statuses: { [evil]: evil },
  held: evil,
  groups: [
    { endpoint: evil, code: evil, count: evil, note: { text: evil, by: evil, on: evil }, advice: evil },
  ],
  endpoints: [{ ...endpoint, held: evil }],
};

const payload = (encoding: string) => ({
  context: { text: evil },
  masked: [evil],
  message: { contentType: evil, format: evil, bytes: evil, encoding, body: evil, properties: { evil } },
});

const answers: Readonly<Record<string, unknown>> = {
  'GET /api/jobs': { jobs: [job], unreadable: [evil], next: evil },
  'GET /api/jobs/id': job,
  'GET /api/jobs/text/payload': payload('utf8'),
  'GET /api/jobs/binary/payload': payload('base64'),
  'GET /api/jobs/id/bundle': { evil: `\u009b1A` },
  'POST /api/jobs/id/retry': job,
  'GET /api/summary': summary,
  'GET /api/operations': { operations: [operation] },
  'POST /api/operations': { ...operation, count: 2, complete: true, cutOff: evil },
  'GET /api/operations/id': operation,
  'GET /api/operations/id/results': { results: [{ jobId: evil, result: evil, detail: evil }] },
  'GET /api/endpoints': { endpoints: [endpoint] },
  'GET /api/endpoints/orders': endpoint,
  'GET /api/me': { name: evil, auth: evil, roles: [evil] },
  'GET /api/health': { status: evil, reasons: [evil], endpoints: [{ name: evil }] },
  'POST /api/notify/orders': { job: { id: evil, endpoint: evil }, answer: evil, reason: evil },
  'POST /api/explain/orders': { endpoint: evil, contract: evil, failure: { code: evil, detail: evil } },
};

let server: Server;
beforeAll(async () => {
  server = createServer((request, response) => {
    const [path] = (request.url ?? '').split('?');
    const answer = answers[`${request.method} ${path}`];
    response.writeHead(answer === undefined ? 404 : 200, {
      'content-type': answer === undefined ? 'application/problem+json' : 'application/json',
    });
    response.end(JSON.stringify(answer ?? { title: evil, detail: evil, status: 404, code: evil }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => void server.close());

const run = async (args: readonly string[], overrides: Partial<Terminal> = {}) => {
  const { port } = server.address() as AddressInfo;
  const environment = { BRIDGE_URL: `http://127.0.0.1:${port}`, BRIDGE_KEY: 'key' };
  const terminal = scriptedTerminal({ environment, ...overrides });
  const code = await runProgram(args, terminal);
  return { code, written: terminal.written.join('\n'), noted: terminal.noted.join('\n') };
};

describe('nothing that a hostile app says is obeyed by the terminal, of', () => {
  it.each(
    [
      ...['jobs list', 'jobs show id', 'jobs show gone', 'jobs retry id', 'jobs payload text'],
      ...['groups list', 'groups note x y', 'summary', 'me', 'health', 'endpoints list'],
      ...['endpoints show orders', 'bulk list', 'bulk show id', 'bulk results id'],
      ...[
        'bulk start retry --attention --reason r --yes --no-wait',
        'bulk start retry --attention --reason r',
      ],
      ...['send create-account --endpoint orders', 'explain create-account --endpoint orders'],
    ].flatMap((line) => [line, `${line} --verbose`, `${line} --json`]),
  )('%s', async (line) => {
    const { written, noted } = await run(line.split(' '));
    expect(written + noted).not.toBe('');
    expect(written).not.toMatch(isObeyed);
    expect(noted).not.toMatch(isObeyed);
  });

  it('a question', async () => {
    const asked: string[] = [];
    const ask = async (question: string): Promise<string> => `${asked.push(question)}`;
    await run(['bulk', 'start', 'retry', '--attention', '--reason', 'r'], { asks: true, ask });
    expect(asked).toHaveLength(1);
    expect(asked[0]).toMatch(/^retry 2 jobs as of .*\? \[y\/N\] $/);
    expect(asked[0]).not.toMatch(isObeyed);
  });

  it('jobs tail', async () => {
    const interrupted = AbortSignal.abort();
    const { written } = await run(['jobs', 'tail'], { width: 200, takeInterrupts: () => interrupted });
    expect(written).toContain('owned');
    expect(written).not.toMatch(isObeyed);
  });
});

describe('jobs payload --message', () => {
  it('shows the text of a message on a terminal, and says when that is not all of it', async () => {
    const { code, written, noted } = await run(['jobs', 'payload', 'text', '--message'], { width: 80 });
    expect([code, written.includes('owned')]).toEqual([0, true]);
    expect(written).not.toMatch(isObeyed);
    expect(noted).toMatch(/redirect it: > file/);
  });

  it('refuses to write a binary message to a terminal', async () => {
    const { code, written, noted } = await run(['jobs', 'payload', 'binary', '--message'], { width: 80 });
    expect([code, written]).toEqual([2, '']);
    expect(noted).toMatch(/redirect it: > file/);
  });

  it('gives a file or a pipe the exact bytes', async () => {
    expect((await run(['jobs', 'payload', 'text', '--message'])).written).toBe(evil);
  });
});

describe('jobs bundle --output -', () => {
  it('is shown escaped on a terminal', async () => {
    const { code, written } = await run(['jobs', 'bundle', 'id', '--output', '-'], { width: 80 });
    expect(code).toBe(0);
    expect(written).toMatch(/evil/);
    expect(written).not.toMatch(isObeyed);
  });
});
