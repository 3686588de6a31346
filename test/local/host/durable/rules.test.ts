import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rulesApp } from '../support/apps.ts';
import { startTestHost, type Answer, type TestHost } from '../../../support/hosts.ts';
import { watchedWorker, type WatchedWorker } from '../../../support/watchedWorker.ts';

let host: TestHost;
let watched: WatchedWorker;
beforeAll(async () => {
  watched = watchedWorker();
  host = await startTestHost({ app: rulesApp, skipTime: true }, watched.load);
});
afterAll(() => host.stop());

const start = (name: string, id: string, input?: unknown): Promise<Answer> =>
  host.api('POST', `orchestrators/${name}/${id}`, input === undefined ? undefined : JSON.stringify(input));

/** Starts an orchestration and lets everything happen. */
const finish = async (name: string, id: string, input?: unknown): Promise<Record<string, unknown>> => {
  await start(name, id, input);
  await host.control.whenIdle();
  return host.status(id);
};

const raise = (id: string, name: string, input: unknown): Promise<Answer> =>
  host.api('POST', `instances/${id}/raiseEvent/${name}`, JSON.stringify(input));

/** Runs while the clock stands still unless it is moved. */
const withoutSkipping = async (work: () => Promise<void>): Promise<void> => {
  await host.control.moveClock({ skipTime: false });
  try {
    await work();
  } finally {
    await host.control.moveClock({ skipTime: true });
  }
};

interface ShownEvent {
  readonly EventType: string;
  readonly Reason?: string;
  readonly FireAt?: string;
}
const eventsOf = async (id: string): Promise<ShownEvent[]> =>
  (await host.status(id))['historyEvents'] as ShownEvent[];

describe('an activity call', () => {
  it('carries values as JSON text, and booleans as .NET writes them', async () => {
    const values = ['text', '12', '{"a":1}', 12, 1.5, true, false, null, { a: 'x' }, ['y', 1]];
    const { output } = await finish('DescribeAll', 'describe', values);
    const seen = output as { type: string; value: unknown }[];
    expect(seen.map(({ type, value }) => [type, value])).toEqual([
      ['string', 'text'],
      ['string', '12'],
      ['string', '{"a":1}'],
      ['number', 12],
      ['number', 1.5],
      ['string', 'True'],
      ['string', 'False'],
      ['undefined', 'undefined'],
      ['object', { a: 'x' }],
      ['object', ['y', 1]],
      ['undefined', 'undefined'],
    ]);
  });

  it('offers the instance, the data and the members of an object as trigger metadata', async () => {
    const { output } = await finish('DescribeAll', 'metadata', [{ Name: 'n', count: 2 }]);
    const [{ metadata }] = output as [{ metadata: Record<string, unknown> }];
    expect(metadata).toMatchObject({
      instanceId: 'metadata',
      data: { name: 'n', count: 2 },
      name: 'n',
      count: 2,
    });
  });

  it('that returns nothing gives null', async () => {
    expect((await finish('CallNothing', 'nothing'))['output']).toEqual({ result: null });
  });

  it('that throws something else than an Error fails with its text', async () => {
    const { output } = await finish('FailWithText', 'thrown-text');
    expect(output).toContain(
      "Orchestrator function 'FailWithText' failed: Activity function 'Boom' failed:  thrown text",
    );
  });
});

describe('an input', () => {
  it.each([
    ['nothing for a start without a body', undefined, { type: 'null', input: null }],
    ['a text', 'x', { type: 'string', input: 'x' }],
    ['an empty text', '', { type: 'string', input: '' }],
    ['null', null, { type: 'null', input: null }],
  ])('is %s', async (_what, input, expected) => {
    expect(
      (await finish('Input', `input-${JSON.stringify(expected)}`.replace(/\W/g, ''), input))['output'],
    ).toEqual(expected);
  });

  it('keeps long numbers and the order of members as text, and turns decimals into doubles', async () => {
    await host.api(
      'POST',
      'orchestrators/Wait/numbers',
      '{ "b": 1.10, "a": 12345678901234567890, "1": 1e3 }',
    );
    const { request } = watched.seen.at(-1) ?? {};
    await host.control.whenIdle();
    const text = watched.seen.findLast(({ function: name }) => name === 'Wait')?.request.inputData[0]?.data
      ?.string;
    expect(text).toContain('"input":{"b":1.1,"a":12345678901234567890,"1":1000.0}');
    expect(request).toBeDefined();
  });

  it('has members named Timestamp turned into dates by the SDK', async () => {
    const { output } = await finish('Timestamp', 'stamp', { Timestamp: 'no date' });
    expect(output).toMatchObject({ isDate: true, text: 'Invalid Date' });
  });

  it('of a text that is continued as new gains a pair of quotes each round', async () => {
    expect((await finish('ContinueText', 'quotes', 'x'))['output']).toBe('"\\"\\\\\\"x\\\\\\"\\""');
  });
});

describe('continue as new', () => {
  it('drops an event that came while the generation was not waiting', async () => {
    await withoutSkipping(async () => {
      await start('Collect', 'collect');
      await host.control.whenIdle();
      await host.control.setChaos({ holdResults: true });
      await raise('collect', 'Item', 1);
      await raise('collect', 'Item', 2);
      await expect
        .poll(
          async () =>
            (await eventsOf('collect')).filter(({ EventType }) => EventType === 'EventRaised').length,
        )
        .toBe(2);
      await host.control.setChaos({});
      await host.control.whenIdle();
      expect(await host.status('collect')).toMatchObject({ runtimeStatus: 'Running', input: { got: [1] } });
      await raise('collect', 'Item', 3);
      await host.control.whenIdle();
    });
    expect((await host.status('collect'))['output']).toEqual([1, 3]);
  });

  it('carries over what came after it in the same turn', async () => {
    await host.control.setChaos({ latencyMs: 30 });
    await start('CollectDirectly', 'direct');
    await Promise.all([1, 2, 3].map((n) => raise('direct', 'Item', n)));
    await host.control.whenIdle();
    await host.control.setChaos({});
    expect((await host.status('direct'))['output']).toHaveLength(3);
  });

  it('keeps the custom status for the turn, and loses it with the next', async () => {
    const status = await finish('StatusThenContinue', 'kept-status', 1);
    expect(status).toMatchObject({ runtimeStatus: 'Running', customStatus: 'from the first', input: 2 });
    await raise('kept-status', 'Go', 1);
    await host.control.whenIdle();
    expect((await host.status('kept-status'))['customStatus']).toBeNull();
  });

  it('runs the next generation inside the same work item', async () => {
    const before = await host.control.report();
    await finish('ContinueText', 'quotes-again', 'x');
    const after = await host.control.report();
    expect(after.turns - before.turns).toBe(4);
    expect(after.episodes - before.episodes).toBe(1);
  });

  it('gives the new execution an id of its own, without dashes', async () => {
    await finish('ContinueText', 'ids', 'x');
    const ids = watched.seen
      .flatMap(({ request }) => request.inputData[0]?.data?.string ?? [])
      .filter((text) => text.includes('"instanceId":"ids"'))
      .map((text) => /"ExecutionId":"([^"]+)"/.exec(text)?.[1] ?? '');
    expect(new Set(ids).size).toBe(4);
    expect(ids[0]).toMatch(/^[0-9a-f-]{36}$/);
    expect(ids.slice(1).every((id) => /^[0-9a-f]{32}$/.test(id))).toBe(true);
  });
});

describe('suspend and resume', () => {
  it('are turns of their own; what an event sets going starts only at the resume', async () => {
    await start('WaitThenEcho', 'paused');
    await host.control.whenIdle();
    expect((await host.api('POST', 'instances/paused/suspend?reason=rest')).status).toBe(202);
    await host.control.whenIdle();
    expect(await host.status('paused')).toMatchObject({
      runtimeStatus: 'Suspended',
      customStatus: 'waiting',
    });
    await raise('paused', 'Go', 7);
    await host.control.whenIdle();
    const held = await host.status('paused');
    expect(held).toMatchObject({ runtimeStatus: 'Suspended', customStatus: 'got it' });
    expect((held['historyEvents'] as ShownEvent[]).map(({ EventType }) => EventType)).toEqual([
      'ExecutionStarted',
      'ExecutionSuspended',
      'EventRaised',
    ]);
    expect((await host.api('POST', 'instances/paused/resume?reason=go')).status).toBe(202);
    await host.control.whenIdle();
    expect(await host.status('paused')).toMatchObject({ runtimeStatus: 'Completed', output: 7 });
    const turns = watched.seen.filter(({ request }) =>
      request.inputData[0]?.data?.string?.includes('"instanceId":"paused"'),
    );
    expect(turns).toHaveLength(5);
  });

  it('are refused when they change nothing, and when the instance has ended', async () => {
    await start('Wait', 'once');
    await host.control.whenIdle();
    expect((await host.api('POST', 'instances/once/resume')).status).toBe(500);
    await host.api('POST', 'instances/once/suspend');
    await host.control.whenIdle();
    const again = await host.api('POST', 'instances/once/suspend');
    expect(again.status).toBe(500);
    expect(again.body).toMatchObject({
      Message: 'Something went wrong while processing your request',
      ExceptionType: 'System.InvalidOperationException',
    });
    await host.api('POST', 'instances/once/terminate');
    await host.control.whenIdle();
    for (const operation of ['suspend', 'resume', 'terminate', 'raiseEvent/Go']) {
      expect(
        (await host.api('POST', `instances/once/${operation}`, operation.includes('Go') ? '1' : undefined))
          .status,
      ).toBe(410);
    }
  });
});

describe('a child', () => {
  it('that fails hands its text to the parent', async () => {
    const { output } = await finish('CatchChild', 'catch-child');
    expect(output).toContain("Orchestrator function 'Fail' failed: child is broken");
  });

  it('that is terminated takes its parent down with a misleading text', async () => {
    await start('Parent', 'parent');
    await host.control.whenIdle();
    await host.api('POST', 'instances/parent-kid/terminate?reason=bye');
    await host.control.whenIdle();
    const { runtimeStatus, output } = await host.status('parent');
    expect(runtimeStatus).toBe('Failed');
    expect(output).toContain('Non-Deterministic workflow detected');
  });

  it('with a fixed id is tried again under the same id', async () => {
    expect(await finish('RetryChild', 'retry-child')).toMatchObject({
      runtimeStatus: 'Completed',
      output: 'gave up',
    });
    expect((await host.status('the-kid'))['runtimeStatus']).toBe('Failed');
  });

  it('whose id is in use is not started: the parent waits', async () => {
    await start('Wait', 'busy-kid');
    await host.control.whenIdle();
    await finish('Parent', 'busy');
    expect((await host.status('busy'))['runtimeStatus']).toBe('Running');
    expect(host.lines.some((line) => line.includes('busy-kid exists'))).toBe(true);
  });
});

describe('failures outside user code', () => {
  it('that the SDK reports end the instance with its text', async () => {
    const { runtimeStatus, output } = await finish('YieldNonsense', 'nonsense');
    expect(runtimeStatus).toBe('Failed');
    expect(output).toContain('programming constraint violation');
  });
});

describe('timers', () => {
  it('fire up to a second early, by cutting the delay to whole seconds', async () => {
    await withoutSkipping(async () => {
      await start('Hours', 'early', 1);
      await host.control.whenIdle();
      await host.control.moveClock({ advanceMs: 3_599_000 });
      await host.control.whenIdle();
    });
    const [timer] = (await eventsOf('early')).filter(({ EventType }) => EventType === 'TimerCreated');
    const { output } = await host.status('early');
    const [seen] = output as [string];
    expect(Date.parse(seen)).toBeLessThan(Date.parse(timer?.FireAt ?? ''));
  });

  it('are skipped over, and the app sees the time pass', async () => {
    await host.control.setChaos({ punctualTimers: true });
    const { output } = await finish('Hours', 'hours', 24);
    await host.control.setChaos({});
    const times = (output as string[]).map((time) => Date.parse(time));
    expect(times).toHaveLength(24);
    const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    expect(gaps.every((gap) => gap >= 3_600_000)).toBe(true);
  });

  it('of a week run in three pieces', async () => {
    expect(await finish('Week', 'week')).toMatchObject({ output: 'a week later' });
    const created = (await eventsOf('week')).filter(({ EventType }) => EventType === 'TimerCreated');
    expect(created.length).toBeGreaterThanOrEqual(3);
  });
});

describe('callHttp', () => {
  const serve = async (listener: RequestListener): Promise<{ url: string; close: () => void }> => {
    const server = createServer(listener);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const close = (): void => {
      server.closeAllConnections();
      server.close();
    };
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close };
  };

  it('polls a 202 until the answer comes', async () => {
    const asked: string[] = [];
    const { url, close } = await serve((request, response) => {
      asked.push(`${request.method ?? ''} ${request.url ?? ''}`);
      if (asked.length < 3) {
        response
          .writeHead(202, { location: `${url}/status`, 'retry-after': '60', 'content-length': 0 })
          .end();
      } else response.writeHead(200, { 'content-length': 4 }).end('done');
    });
    expect((await finish('Poll', 'poll', { url }))['output']).toEqual({ status: 200, content: 'done' });
    expect(asked).toEqual(['POST /', 'GET /status', 'GET /status']);
    close();
  });

  it('takes a 202 for an answer when polling is off', async () => {
    const { url, close } = await serve((_request, response) =>
      response.writeHead(202, { location: '/x' }).end(),
    );
    expect((await finish('Poll', 'no-poll', { url, enablePolling: false }))['output']).toMatchObject({
      status: 202,
    });
    close();
  });

  it('fails when nobody answers', async () => {
    const { runtimeStatus } = await finish('Poll', 'nobody', { url: 'http://127.0.0.1:1/' });
    expect(runtimeStatus).toBe('Failed');
  });
});

describe('rewind', () => {
  it('runs what failed again and keeps what succeeded', async () => {
    expect((await finish('FailsOnce', 'rewound'))['runtimeStatus']).toBe('Failed');
    expect((await host.api('POST', 'instances/rewound/rewind?reason=again')).status).toBe(202);
    await host.control.whenIdle();
    expect(await host.status('rewound')).toMatchObject({
      runtimeStatus: 'Completed',
      output: { before: 1, outcome: 'second time' },
    });
  });

  it('of a parent rewinds its failed child', async () => {
    expect((await finish('ParentOfFailsOnce', 'rewound-parent'))['runtimeStatus']).toBe('Failed');
    await host.api('POST', 'instances/rewound-parent/rewind?reason=again');
    await host.control.whenIdle();
    expect(await host.status('rewound-parent')).toMatchObject({
      runtimeStatus: 'Completed',
      output: { before: 1, outcome: 'second time' },
    });
  });
});

describe('restart', () => {
  it('starts the same function with the same input under a new id, or the same one after the end', async () => {
    await finish('Input', 'original', { a: 1 });
    const renamed = await host.api('POST', 'instances/original/restart');
    expect(renamed.status).toBe(202);
    const { id } = renamed.body as { id: string };
    await host.control.whenIdle();
    expect(await host.status(id)).toMatchObject({ name: 'Input', output: { input: { a: 1 } } });
    const same = await host.api('POST', 'instances/original/restart?restartWithNewInstanceId=false');
    expect((same.body as { id: string }).id).toBe('original');
    await host.control.whenIdle();
    const [started] = await eventsOf('original');
    expect(started).toMatchObject({ EventType: 'ExecutionStarted', Generation: 1 });
  });

  it('of an unknown id is refused', async () => {
    const { status, body } = await host.api('POST', 'instances/no-such-id/restart');
    expect(status).toBe(400);
    expect(body).toMatchObject({ Message: 'InstanceId does not match a valid orchestration instance.' });
  });
});

describe('an id that is used again', () => {
  it('forgets results that were meant for its former execution', async () => {
    await withoutSkipping(async () => {
      await host.control.setChaos({ holdResults: true });
      await start('Steps', 'reused', 1);
      await expect.poll(async () => (await host.control.report()).activities).toBeGreaterThan(0);
      await host.api('POST', 'instances/reused/terminate');
      await expect.poll(async () => (await host.status('reused'))['runtimeStatus']).toBe('Terminated');
      await start('Wait', 'reused');
      await host.control.setChaos({});
      await host.control.whenIdle();
    });
    expect((await eventsOf('reused')).map(({ EventType }) => EventType)).toEqual(['ExecutionStarted']);
  });
});

describe('lists', () => {
  it('come in pages of a hundred, by id', async () => {
    await Promise.all(
      Array.from({ length: 101 }, (_, n) => start('Input', `page-${String(n).padStart(3, '0')}`)),
    );
    const first = await host.api('GET', 'instances?instanceIdPrefix=page-');
    const ids = (first.body as { instanceId: string }[]).map(({ instanceId }) => instanceId);
    expect(ids).toHaveLength(100);
    expect(ids).toEqual([...ids].sort());
    const token = first.headers.get('x-ms-continuation-token') ?? '';
    const second = await host.api('GET', 'instances?instanceIdPrefix=page-', undefined, {
      'x-ms-continuation-token': token,
    });
    expect(second.body).toMatchObject([{ instanceId: 'page-100' }]);
  });

  it('are purged by time and status, the living left alone', async () => {
    await host.control.whenIdle();
    const { body } = await host.api(
      'DELETE',
      'instances?createdTimeFrom=2020-01-01T00:00:00Z&runtimeStatus=Completed,Failed,Terminated',
    );
    expect((body as { instancesDeleted: number }).instancesDeleted).toBeGreaterThan(100);
    const left = await host.api('GET', 'instances?top=1000');
    const statuses = (left.body as { runtimeStatus: string }[]).map(({ runtimeStatus }) => runtimeStatus);
    expect(new Set(statuses)).toEqual(new Set(['Running']));
  });
});
