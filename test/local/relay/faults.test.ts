import { describe, expect, it } from 'vitest';
import type { FaultRule } from '../../../local/relay/faults/faultRule.ts';
import type { Relay } from '../../../local/relay/startRelay.ts';
import {
  eventually,
  listenOn,
  listenUrl,
  networkFailureOf,
  rawListener,
  refusalOf,
  send,
  startTestRelay,
} from './support/testRelay.ts';

/** A relay with a listener that counts what it is asked. */
const start = async () => {
  const relay = await startTestRelay();
  const asked: string[] = [];
  await listenOn(relay, ({ body }) => {
    asked.push(body.toString());
    return { status: 201 };
  });
  return { relay, asked };
};

/** Long enough for what answers, short enough to wait for silence. */
const patienceMs = 2000;

const outcomeOf = (relay: Relay) =>
  networkFailureOf(send(relay, { body: 'x', signal: AbortSignal.timeout(patienceMs) }));

describe('a fault', () => {
  it.each<[string, FaultRule, string, number]>([
    ['a status at the request', { where: 'request', what: 'status', status: 503 }, 'answered 503', 0],
    ['a status instead of forwarding', { where: 'forward', what: 'status', status: 429 }, 'answered 429', 0],
    ['a status instead of the answer', { where: 'answer', what: 'status', status: 500 }, 'answered 500', 1],
    ['a reset at the request', { where: 'request', what: 'reset' }, 'ECONNRESET', 0],
    ['a drop at the request', { where: 'request', what: 'drop' }, 'UND_ERR_SOCKET', 0],
    ['a drop instead of forwarding', { where: 'forward', what: 'drop' }, 'UND_ERR_SOCKET', 0],
    ['a drop after the listener has answered', { where: 'answer', what: 'drop' }, 'UND_ERR_SOCKET', 1],
    ['a reset after the listener has answered', { where: 'answer', what: 'reset' }, 'ECONNRESET', 1],
    ['a stall at the request', { where: 'request', what: 'stall' }, 'TimeoutError', 0],
    ['a stall instead of forwarding', { where: 'forward', what: 'stall' }, 'TimeoutError', 0],
    ['a stall after the listener has answered', { where: 'answer', what: 'stall' }, 'TimeoutError', 1],
    ['a listener that loses its channel', { where: 'forward', what: 'closeChannel' }, 'answered 502', 1],
    ['a delay', { where: 'forward', what: 'delay', delayMs: 50 }, 'answered 201', 1],
  ])('is %s', async (_name, rule, outcome, timesAsked) => {
    const { relay, asked } = await start();
    relay.faults.put([rule]);
    expect(await outcomeOf(relay)).toBe(outcome);
    await eventually(() => asked).toHaveLength(timesAsked);
    await eventually(() => relay.relays()[0]?.listeners).toBe(1);
    expect(await outcomeOf(relay)).toBe('answered 201');
    expect(relay.faults.hits).toMatchObject([{ rule: 0, where: rule.where, what: rule.what, relay: 'hyco' }]);
  });

  it('says what it was told to say', async () => {
    const { relay } = await start();
    const headers = { 'Retry-After': '120' };
    relay.faults.put([{ where: 'forward', what: 'status', status: 429, description: 'Slow down.', headers }]);
    const answer = await send(relay);
    expect(answer.text).toContain('Slow down.');
    expect(answer.headers.get('retry-after')).toBe('120');
    expect(answer.headers.has('via')).toBe(false);
  });

  it('strikes as often as it says, after letting pass what it says', async () => {
    const { relay } = await start();
    relay.faults.put([{ where: 'request', what: 'status', status: 500, afterHowMany: 1, howOften: 2 }]);
    const statuses: number[] = [];
    for (let each = 0; each < 5; each += 1) statuses.push((await send(relay)).status);
    expect(statuses).toEqual([201, 500, 500, 201, 201]);
    relay.faults.put([{ where: 'request', what: 'status', status: 500, howOften: 'always' }]);
    for (let each = 0; each < 5; each += 1) expect((await send(relay)).status).toBe(500);
    expect(relay.faults.hits).toHaveLength(5);
    relay.faults.put([]);
    expect(relay.faults.hits).toEqual([]);
    expect((await send(relay)).status).toBe(201);
  });

  it('strikes one relay alone when it names it', async () => {
    const { relay } = await start();
    relay.faults.put([
      { where: 'request', what: 'status', status: 500, relay: 'OLD/listener', howOften: 'always' },
    ]);
    expect((await send(relay)).status).toBe(201);
    expect((await send(relay, { path: 'old/listener/Execute' })).status).toBe(500);
    expect((await send(relay, { path: 'nowhere' })).status).toBe(404);
  });

  it('strikes those who want to listen', async () => {
    const relay = await startTestRelay();
    relay.faults.put([
      { where: 'listen', what: 'status', status: 500, description: 'Not now.' },
      { where: 'listen', what: 'delay', delayMs: 20 },
      { where: 'listen', what: 'reset' },
    ]);
    expect(await refusalOf(listenUrl(relay))).toMatch(/^500 Not now\./);
    await rawListener(listenUrl(relay));
    await expect(listenOn(relay, () => ({}))).rejects.toThrow('ECONNRESET');
    await listenOn(relay, () => ({}));
    expect(relay.faults.hits.map(({ what }) => what)).toEqual(['status', 'delay', 'reset']);
  });

  it('cannot be put where it cannot happen; the rules before it stay', async () => {
    const relay = await startTestRelay();
    const rules: FaultRule[] = [{ where: 'request', what: 'drop' }];
    relay.faults.put(rules);
    expect(() => relay.faults.put([{ where: 'answer', what: 'closeChannel' }])).toThrow(
      "Fault 0: 'closeChannel' cannot happen at 'answer'.",
    );
    expect(relay.faults.rules).toEqual(rules);
  });
});
