'use strict';
const { app, RetryOptions } = require('durable-functions');
const df = require('durable-functions');

const after = ({ df: context }, ms) => new Date(context.currentUtcDateTime.getTime() + ms);

app.activity('Echo', { handler: (value) => value });
app.activity('Nothing', { handler: () => undefined });
app.activity('Describe', {
  handler: (value, context) => ({
    type: value === null ? 'null' : typeof value,
    value: value === undefined ? 'undefined' : value,
    metadata: context.triggerMetadata,
  }),
});
app.activity('Boom', {
  handler: (what) => {
    throw what === 'text' ? 'thrown text' : new Error('boom');
  },
});
app.activity('Now', { handler: () => new Date().toISOString() });

/** Orders in which activities ran, for tests that mix them up. */
const runs = [];
app.activity('Run', {
  handler: (name) => {
    runs.push(name);
    return runs.filter((run) => run === name).length;
  },
});

let slow = () => undefined;
app.activity('Slow', { handler: () => new Promise((resolve) => (slow = resolve)) });

app.orchestration('DescribeAll', function* ({ df: context }) {
  const seen = [];
  for (const value of context.getInput()) seen.push(yield context.callActivity('Describe', value));
  seen.push(yield context.callActivity('Describe'));
  return seen;
});

app.orchestration('CallNothing', function* ({ df: context }) {
  return { result: yield context.callActivity('Nothing') };
});

app.orchestration('Input', function* ({ df: context }) {
  const input = context.getInput();
  return { type: input === null ? 'null' : typeof input, input };
});

app.orchestration('Timestamp', function* ({ df: context }) {
  const { Timestamp: stamp } = context.getInput();
  return { isDate: stamp instanceof Date, text: String(stamp) };
});

app.orchestration('ContinueText', function* ({ df: context }) {
  const text = context.getInput();
  if (text.length >= 12) return text;
  context.continueAsNew(text);
});

app.orchestration('Wait', function* ({ df: context }) {
  return yield context.waitForExternalEvent('Go');
});

app.orchestration('WaitThenEcho', function* ({ df: context }) {
  context.setCustomStatus('waiting');
  const value = yield context.waitForExternalEvent('Go');
  context.setCustomStatus('got it');
  return yield context.callActivity('Echo', value);
});

app.orchestration('Collect', function* ({ df: context }) {
  const { got = [] } = context.getInput() ?? {};
  got.push(yield context.waitForExternalEvent('Item'));
  yield context.callActivity('Echo', 1);
  if (got.length >= 2) return got;
  context.continueAsNew({ got });
});

app.orchestration('CollectDirectly', function* ({ df: context }) {
  const { got = [] } = context.getInput() ?? {};
  got.push(yield context.waitForExternalEvent('Item'));
  if (got.length >= 3) return got;
  context.continueAsNew({ got });
});

app.orchestration('StatusThenContinue', function* ({ df: context }) {
  if (context.getInput() === 2) {
    yield context.waitForExternalEvent('Go');
    return 'end';
  }
  context.setCustomStatus('from the first');
  context.continueAsNew(2);
});

app.orchestration('Parent', function* ({ df: context }) {
  return yield context.callSubOrchestrator('Wait', undefined, `${context.instanceId}-kid`);
});

app.orchestration('Fail', function* () {
  throw new Error('child is broken');
});

app.orchestration('CatchChild', function* ({ df: context }) {
  try {
    return yield context.callSubOrchestrator('Fail');
  } catch (error) {
    return error.message;
  }
});

app.orchestration('RetryChild', function* ({ df: context }) {
  try {
    return yield context.callSubOrchestratorWithRetry('Fail', new RetryOptions(1000, 2), null, 'the-kid');
  } catch (error) {
    return 'gave up';
  }
});

app.orchestration('FailWithText', function* ({ df: context }) {
  return yield context.callActivity('Boom', 'text');
});

app.orchestration('CatchActivity', function* ({ df: context }) {
  try {
    return yield context.callActivity('Boom', 'an error');
  } catch (error) {
    return { name: error.name, message: error.message };
  }
});

app.orchestration('RewindMe', function* ({ df: context }) {
  const first = yield context.callActivity('Run', `first-${context.instanceId}`);
  const count = yield context.callActivity('Run', `second-${context.instanceId}`);
  if (count === 1) yield context.callActivity('Boom', 'x');
  const again = yield context.callActivity('Run', `second-${context.instanceId}`);
  return { first, count, again };
});

app.activity('FailOnce', {
  handler: (name) => {
    runs.push(name);
    if (runs.filter((run) => run === name).length === 1) throw new Error('first time');
    return 'second time';
  },
});
app.orchestration('FailsOnce', function* ({ df: context }) {
  const before = yield context.callActivity('Run', `before-${context.instanceId}`);
  const outcome = yield context.callActivity('FailOnce', `once-${context.instanceId}`);
  return { before, outcome };
});
app.orchestration('ParentOfFailsOnce', function* ({ df: context }) {
  return yield context.callSubOrchestrator('FailsOnce', null, `${context.instanceId}-kid`);
});

app.orchestration('Hours', function* (context) {
  const seen = [];
  for (let hour = 0; hour < context.df.getInput(); hour += 1) {
    yield context.df.createTimer(after(context, 3_600_000));
    seen.push(yield context.df.callActivity('Now'));
  }
  return seen;
});

app.orchestration('Week', function* (context) {
  yield context.df.createTimer(after(context, 7 * 86_400_000));
  return 'a week later';
});

app.orchestration('Poll', function* ({ df: context }) {
  const { url, enablePolling = true } = context.getInput();
  const answer = yield context.callHttp({ method: 'POST', url, body: { a: 1 }, enablePolling });
  return { status: answer.statusCode, content: answer.content };
});

app.orchestration('Spread', function* ({ df: context }) {
  const names = Array.from({ length: context.getInput() }, (_, index) => `${context.instanceId}-${index}`);
  return yield context.Task.all(names.map((name) => context.callActivity('Echo', name)));
});

let atOnce = 0;
let most = 0;
app.activity('Crowd', {
  handler: async () => {
    atOnce += 1;
    most = Math.max(most, atOnce);
    await new Promise((resolve) => setTimeout(resolve, 2));
    atOnce -= 1;
    return most;
  },
});
app.orchestration('Crowds', function* ({ df: context }) {
  const counts = Array.from({ length: context.getInput() }, () => context.callActivity('Crowd'));
  return Math.max(...(yield context.Task.all(counts)));
});

app.orchestration('Versions', function* ({ df: context }) {
  const mine = context.version ?? null;
  return { mine, child: yield context.callSubOrchestrator('ChildVersion') };
});
app.orchestration('ChildVersion', function* ({ df: context }) {
  return context.version ?? null;
});

app.orchestration('Endless', function* ({ df: context }) {
  for (;;) yield context.callActivity('Echo', 1);
});

app.orchestration('Steps', function* ({ df: context }) {
  const counts = [];
  for (let step = 0; step < context.getInput(); step += 1) {
    counts.push(yield context.callActivity('Run', `${context.instanceId}-${step}`));
  }
  return counts;
});

app.orchestration('YieldNonsense', function* () {
  yield 5;
});

/** The SDK's client, one operation a call: `POST /api/client/startNew` with the list of its arguments. */
df.app.client.http('client', {
  methods: ['POST'],
  authLevel: 'anonymous',
  route: 'client/{operation}',
  handler: async (request, client) => {
    const args = await request.json();
    try {
      const result = await client[request.params.operation](...args);
      return { jsonBody: { result: result === undefined ? 'undefined' : result } };
    } catch (error) {
      return { status: 500, jsonBody: { error: error.message } };
    }
  },
});
df.app.client.http('check', {
  methods: ['POST'],
  authLevel: 'anonymous',
  route: 'check/{name}',
  handler: async (request, client) => {
    const id = await client.startNew(request.params.name, { input: { a: 1 } });
    return client.createCheckStatusResponse(request, id);
  },
});
df.app.client.http('waiting', {
  methods: ['POST'],
  authLevel: 'anonymous',
  route: 'waiting/{name}',
  handler: async (request, client) => {
    const id = await client.startNew(request.params.name, { input: { a: 1 } });
    return client.waitForCompletionOrCreateCheckStatusResponse(request, id, {
      timeoutInMilliseconds: 3000,
      retryIntervalInMilliseconds: 10,
    });
  },
});
