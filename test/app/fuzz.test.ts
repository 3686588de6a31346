import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contextWith } from '../support/contexts.ts';
import { startApp, type RunningApp } from '../support/runningApp.ts';
import { samples } from '../support/samples.ts';

/** Bodies sent to the running app; more when asked for. */
const bodies = Number(process.env['FUZZ_BODIES'] ?? 10_000);
const atOnce = 50;

let app: RunningApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.stop());

type Bytes = Uint8Array<ArrayBuffer>;

const encode = (value: unknown): Bytes =>
  new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value));

const sample = fc.constantFrom(...samples.map(({ body }) => body));

/** A real body with a few bytes changed, a piece cut out or doubled. */
const damaged: fc.Arbitrary<Bytes> = fc
  .tuple(
    sample,
    fc.nat(),
    fc.nat(),
    fc.uint8Array({ maxLength: 4 }),
    fc.constantFrom('replace', 'cut', 'double'),
  )
  .map(([body, at, length, bytes, how]) => {
    const from = at % body.length;
    const to = Math.min(body.length, from + (length % 40));
    const middle =
      how === 'cut' ? [] : how === 'double' ? [...body.slice(from, to), ...body.slice(from, to)] : [...bytes];
    return Uint8Array.from([
      ...body.slice(0, from),
      ...middle,
      ...body.slice(how === 'replace' ? from + middle.length : to),
    ]);
  });

const member = fc.constantFrom(
  ...Object.keys(contextWith()),
  'ParentContext',
  '__proto__',
  'constructor',
  'toString',
);

/** An execution context in which some members have any JSON value at all. */
const strange: fc.Arbitrary<Bytes> = fc
  .dictionary(member, fc.jsonValue({ maxDepth: 4 }), { maxKeys: 4 })
  .map((members) => encode(contextWith(members)));

const deep: fc.Arbitrary<Bytes> = fc
  .tuple(fc.constantFrom('[', '{"ParentContext":', '{"a":'), fc.integer({ min: 1, max: 20_000 }))
  .map(([opening, levels]) => encode(opening.repeat(levels)));

const anyBody: fc.Arbitrary<Bytes> = fc.oneof(
  { weight: 4, arbitrary: damaged },
  { weight: 4, arbitrary: strange },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 300 }).map((bytes) => Uint8Array.from(bytes)) },
  { weight: 1, arbitrary: fc.json().map(encode) },
  { weight: 1, arbitrary: deep },
);

const anyHeaders = fc.record(
  {
    'content-type': fc.constantFrom(
      'application/json',
      'application/json; charset=utf-8',
      'text/plain',
      'a/b+json',
    ),
    'idempotency-key': fc.stringMatching(/^[\x20-\x7e]{0,300}$/),
    'x-ms-dynamics-organization': fc.stringMatching(/^[\x20-\x7e]{0,600}$/),
    'x-ms-dynamics-msg-size-exceeded': fc.constantFrom('', 'true'),
  },
  { requiredKeys: [] },
);

describe('a fuzzed notification', () => {
  it(`is accepted or refused with its fault, never 5xx (${bodies} bodies)`, async () => {
    const statuses = new Map<number, number>();
    const requests = fc.array(fc.tuple(anyBody, anyHeaders), { minLength: atOnce, maxLength: atOnce });
    await fc.assert(
      fc.asyncProperty(requests, async (batch) => {
        const answers = await Promise.all(batch.map(([body, headers]) => app.notify(body, { headers })));
        for (const answer of answers) {
          statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
          const said = (await answer.json()) as { status?: number; job?: unknown };
          expect(answer.status).toBeGreaterThanOrEqual(200);
          expect(answer.status).toBeLessThan(500);
          if (answer.status !== 202) expect(said.status).toBe(answer.status);
          else expect(said).toHaveProperty('job');
        }
      }),
      { numRuns: Math.ceil(bodies / atOnce), endOnFailure: true },
    );
    // Both ways are walked often enough to mean something.
    expect(statuses.get(202) ?? 0).toBeGreaterThan(bodies / 100);
    expect(statuses.get(400) ?? 0).toBeGreaterThan(bodies / 100);
  }, 600_000);

  it('leaves the app well: it still accepts and delivers', async () => {
    expect((await app.get('/api/health')).status).toBe(200);
    await app.until(await app.accept(JSON.stringify(contextWith({ RequestId: null }))), 'Succeeded');
  });

  it('that was accepted is delivered', async () => {
    const open = async () => {
      const statuses = ['WaitingForResources', 'Waiting', 'Suspended', 'Failed', 'InProgress'];
      const lists = await Promise.all(statuses.map((status) => app.jobs(`status=${status}`)));
      return lists.flatMap(({ jobs }) => jobs);
    };
    await expect.poll(open, { timeout: 60_000 }).toEqual([]);
  });
});
