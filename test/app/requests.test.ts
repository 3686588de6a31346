import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { maxBodyBytes } from '../../shared/notification/limits.ts';
import { captures, whyNoCaptures } from '../support/captures.ts';
import { contextWith } from '../support/contexts.ts';
import { nth } from '../support/jobs.ts';
import { mainQueue, ordersEndpoint, startApp, type RunningApp } from '../support/runningApp.ts';
import { samples } from '../support/samples.ts';

const endpointsFile = JSON.stringify({
  endpoints: [
    { ...ordersEndpoint, oversize: 'keep', tier: 'premium' },
    { ...ordersEndpoint, name: 'accounts-only', filter: { tables: ['account'], messages: ['Create'] } },
  ],
});

let app: RunningApp;
beforeAll(async () => {
  app = await startApp({
    endpointsFile,
    queues: [{ name: mainQueue, duplicateDetectionWindowMs: 3_600_000, maxMessageBytes: 1_048_576 }],
  });
});
afterAll(() => app.stop());

const bodyOf = (members: Record<string, unknown> = {}): string => JSON.stringify(contextWith(members));

const problemOf = async (response: Promise<Response>) => {
  const answer = await response;
  const body = (await answer.json()) as Record<string, unknown>;
  return { status: answer.status, type: answer.headers.get('content-type'), body };
};

const expectRefusal = async (response: Promise<Response>, status: number, code: string) => {
  const problem = await problemOf(response);
  expect(problem).toMatchObject({
    status,
    type: 'application/problem+json; charset=utf-8',
    body: {
      status,
      code,
      type: `urn:dataverse-azure-bridge:problem:${code}`,
      title: expect.any(String) as string,
    },
  });
  return problem.body;
};

const deliversByteForByte = async ({ body }: { body: Uint8Array<ArrayBuffer> }): Promise<void> => {
  await app.receiveAll();
  const id = await app.accept(body, { headers: { 'x-ms-dynamics-organization': 'org.crm4.dynamics.com' } });
  await app.until(id, 'Succeeded');
  const [message] = await app.receiveAll();
  expect(message?.messageId).toBe(id);
  expect(Buffer.compare(message?.body as Buffer, body)).toBe(0);
};

describe('a request', () => {
  it('without a key, or with a wrong one, is 401 (R-1)', async () => {
    expect((await app.notify(bodyOf(), { query: '' })).status).toBe(401);
    expect((await app.notify(bodyOf(), { query: 'code=wrong' })).status).toBe(401);
  });

  it('may carry either of two keys, as a query or a header (R-1)', async () => {
    for (const key of ['test-key-one', 'test-key-two']) {
      expect((await app.notify(bodyOf(nth(1)), { query: `code=${key}` })).status).toBe(202);
      expect(
        (await app.notify(bodyOf(nth(1)), { query: '', headers: { 'x-functions-key': key } })).status,
      ).toBe(202);
    }
  });

  it('to an endpoint that is not configured is 404 and says so as a problem (R-2, R-9)', async () => {
    const body = await expectRefusal(app.notify(bodyOf(), { endpoint: 'nowhere' }), 404, 'EndpointUnknown');
    expect(body['detail']).toBe('No endpoint is named "nowhere".');
  });

  it('by another method, or to another path, is answered by the host', async () => {
    expect([404, 405]).toContain((await app.get('/api/notify/orders')).status);
    expect((await app.get('/api/elsewhere')).status).toBe(404);
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/xml'])(
    'of type %s is 415 (R-3)',
    async (contentType) => {
      await expectRefusal(
        app.notify(bodyOf(), { headers: { 'content-type': contentType } }),
        415,
        'ContentTypeUnsupported',
      );
    },
  );

  it('that is compressed is 415 (R-3)', async () => {
    await expectRefusal(
      app.notify(bodyOf(), { headers: { 'content-encoding': 'gzip' } }),
      415,
      'ContentEncodingUnsupported',
    );
  });

  it('with a body over the limit is 413, declared or not (R-4)', async () => {
    const large = bodyOf({ Filler: 'x'.repeat(maxBodyBytes) });
    await expectRefusal(app.notify(large), 413, 'BodyTooLarge');
    // Without a Content-Length: sent in chunks.
    const status = await new Promise((resolve, reject) => {
      const chunked = request(
        `${app.baseUrl}/api/notify/orders?code=${app.functionKey}`,
        { method: 'POST', headers: { 'content-type': 'application/json' } },
        (response) => {
          response.resume();
          resolve(response.statusCode);
        },
      );
      chunked.on('error', reject);
      chunked.write(large.slice(0, 1000));
      chunked.end(large.slice(1000));
    });
    expect(status).toBe(413);
  });

  it('with a body of exactly the limit is delivered to a queue that takes it (R-4)', async () => {
    const frame = bodyOf({ ...nth(2), Filler: '' }).length;
    const body = bodyOf({ ...nth(2), Filler: 'x'.repeat(maxBodyBytes - frame) });
    expect(body).toHaveLength(maxBodyBytes);
    await deliversByteForByte({ body: new Uint8Array(Buffer.from(body)) });
  });

  it.each([
    ['not JSON', '{"MessageName":'],
    ['empty', ''],
    ['not UTF-8', new Uint8Array([0x7b, 0xff, 0x7d])],
  ])('with a body that is %s is 400 (R-5)', async (_what, body) => {
    await expectRefusal(app.notify(body), 400, 'BodyNotJson');
  });

  it('that is no execution context is 400 with a pointer to each fault (R-6)', async () => {
    const body = await expectRefusal(
      app.notify(bodyOf({ PrimaryEntityId: 1, Depth: -1 })),
      400,
      'ContextInvalid',
    );
    expect(body['errors']).toEqual([
      { pointer: '/Depth', detail: 'must be >= 0' },
      { pointer: '/PrimaryEntityId', detail: 'must be string' },
    ]);
  });

  it('that is nested into a loop is 422 (R-7)', async () => {
    await expectRefusal(app.notify(bodyOf({ Depth: 17 })), 422, 'DepthExceeded');
  });

  it('with an unusable idempotency key is 400, with a used one and another body 422 (A-4)', async () => {
    const headers = { 'idempotency-key': 'order 7' };
    await expectRefusal(
      app.notify(bodyOf(), { headers: { 'idempotency-key': ' ' } }),
      400,
      'IdempotencyKeyInvalid',
    );
    expect((await app.notify(bodyOf(nth(3)), { headers })).status).toBe(202);
    await expectRefusal(app.notify(bodyOf({ ...nth(3), Mode: 0 }), { headers }), 422, 'IdempotencyKeyReused');
  });

  it('that the filter does not want is 202 and no job (R-10)', async () => {
    const response = await app.notify(bodyOf({ PrimaryEntityName: 'contact' }), {
      endpoint: 'accounts-only',
    });
    expect(response.status).toBe(202);
    expect(await response.json()).toEqual({
      job: null,
      reason: 'Taken are the tables account, not contact.',
    });
  });

  it('that is accepted tells the job and where to find it (R-11)', async () => {
    const response = await app.notify(bodyOf(nth(4)));
    const { job } = (await response.json()) as { job: Record<string, unknown> };
    expect(response.status).toBe(202);
    expect(job).toMatchObject({ duplicate: false, href: response.headers.get('location') });
    expect((await app.get(String(job['href']))).status).toBe(200);
  });

  it('that comes ten times at once makes one job and one message (A-3)', async () => {
    await app.receiveAll();
    const answers = await Promise.all(Array.from({ length: 10 }, () => app.notify(bodyOf(nth(5)))));
    const jobs = (await Promise.all(answers.map((answer) => answer.json()))) as {
      job: { id: string; duplicate: boolean };
    }[];
    expect(new Set(jobs.map(({ job }) => job.id)).size).toBe(1);
    expect(jobs.filter(({ job }) => !job.duplicate)).toHaveLength(1);
    await app.until(jobs[0]?.job.id ?? '', 'Succeeded');
    expect(await app.receiveAll()).toHaveLength(1);
  });
});

describe('a notification is delivered byte for byte (A-2, M-1)', () => {
  it.each(samples)('samples/$name', deliversByteForByte);

  it('with a byte order mark, odd blanks and numbers that JavaScript cannot hold', async () => {
    const text = `\uFEFF ${bodyOf(nth(6)).replace('"Depth":1', '"Depth" :\t1, "Long":9007199254740993, "Scale":1.1000000000')}\r\n`;
    await deliversByteForByte({ body: new Uint8Array(Buffer.from(text)) });
  });
});

describe.skipIf(captures.length === 0)(
  `a captured notification is delivered byte for byte${whyNoCaptures}`,
  () => {
    it.each(captures)('$name', deliversByteForByte);
  },
);
