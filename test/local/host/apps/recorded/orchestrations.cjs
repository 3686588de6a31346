'use strict';
const { app, RetryOptions } = require('durable-functions');
const { countCall } = require('./activities.cjs');

/** A time some milliseconds after the orchestration's own clock. */
const after = ({ df }, ms) => new Date(df.currentUtcDateTime.getTime() + ms);

app.orchestration('HelloSequence', function* ({ df }) {
  const greetings = [];
  for (const city of ['Tokyo', 'Seattle', 'London']) greetings.push(yield df.callActivity('Hello', city));
  return greetings;
});

app.orchestration('OneActivity', function* ({ df }) {
  return yield df.callActivity('Echo', df.getInput());
});

app.orchestration('NoSteps', function* ({ df }) {
  const input = df.getInput();
  return { got: input === undefined ? 'undefined' : input };
});

app.orchestration('ActivityFails', function* ({ df }) {
  return yield df.callActivity('Boom', 'one');
});

app.orchestration('ActivityFailsCaught', function* ({ df }) {
  try {
    yield df.callActivity('Boom', { a: 1 });
  } catch (error) {
    return { name: error.name, ctor: error.constructor.name, message: error.message };
  }
  return 'no error';
});

app.orchestration('CatchAndGoOn', function* ({ df }) {
  const results = [];
  for (const step of [0, 1, 2]) {
    try {
      results.push(yield df.callActivity(step === 1 ? 'Boom' : 'Echo', step));
    } catch {
      results.push('failed');
    }
  }
  return results;
});

app.orchestration('UnknownActivity', function* ({ df }) {
  return yield df.callActivity('DoesNotExist', 1);
});

app.orchestration('ThrowsAtOnce', function* () {
  throw new Error('at once');
});

app.orchestration('RetrySuccess', function* ({ df }) {
  const input = { key: df.instanceId, times: 2 };
  return yield df.callActivityWithRetry('FailTimes', new RetryOptions(1000, 3), input);
});

app.orchestration('RetryExhausted', function* ({ df }) {
  try {
    return yield df.callActivityWithRetry('FailTimes', new RetryOptions(1000, 2), {
      key: df.instanceId,
      times: 9,
    });
  } catch (error) {
    return { caught: error.message.split('\n')[0] };
  }
});

app.orchestration('RetryTimeout', function* ({ df }) {
  const options = new RetryOptions(3000, 10);
  options.retryTimeoutInMilliseconds = 5000;
  try {
    return yield df.callActivityWithRetry('FailTimes', options, { key: df.instanceId, times: 99 });
  } catch {
    return 'caught';
  }
});

app.orchestration('ManualRetry', function* (context) {
  const { df } = context;
  for (let attempt = 1; attempt <= 5; attempt += 1) {
    const outcome = yield df.callActivity('Outcome', { key: df.instanceId, times: 2 });
    if (outcome.ok) {
      df.setCustomStatus({ attempt, state: 'done' });
      return { attempts: attempt };
    }
    df.setCustomStatus({ attempt, state: 'waiting' });
    yield df.createTimer(after(context, 1000));
  }
  return 'gave up';
});

app.orchestration('FanOut', function* ({ df }) {
  const parts = yield df.Task.all([1, 2, 3, 4, 5].map((n) => df.callActivity('Echo', n)));
  return parts.reduce((sum, part) => sum + part, 0);
});

app.orchestration('EventOrTimer', function* (context) {
  const { df } = context;
  const { ms, cancel = true } = df.getInput();
  const timer = df.createTimer(after(context, ms));
  const event = df.waitForExternalEvent('Go');
  const winner = yield df.Task.any([event, timer]);
  if (winner !== event) return 'timeout';
  if (cancel) timer.cancel();
  return { event: event.result };
});

app.orchestration('LongTimer', function* (context) {
  const { df } = context;
  const timer = df.createTimer(after(context, 7 * 86_400_000));
  const event = df.waitForExternalEvent('Go');
  const winner = yield df.Task.any([event, timer]);
  if (winner !== event) return 'timeout';
  timer.cancel();
  return 'event';
});

app.orchestration('TimerPast', function* ({ df }) {
  yield df.createTimer(new Date(0));
  return 'ok';
});

app.orchestration('TimerOnly', function* (context) {
  const { df } = context;
  const due = after(context, df.getInput());
  yield df.createTimer(due);
  return { earlyByMs: due.getTime() - df.currentUtcDateTime.getTime() };
});

app.orchestration('UncancelledTimer', function* (context) {
  context.df.createTimer(after(context, 4000));
  return yield context.df.callActivity('Echo', 'quick');
});

app.orchestration('LateWait', function* (context) {
  const { df } = context;
  yield df.createTimer(after(context, 3000));
  const first = yield df.waitForExternalEvent('Go');
  const second = yield df.waitForExternalEvent('go');
  return [first, second];
});

app.orchestration('EventsBeforeWait', function* (context) {
  const { df } = context;
  yield df.createTimer(after(context, 2500));
  const first = yield df.waitForExternalEvent('Go');
  const second = yield df.waitForExternalEvent('Go');
  return [first, second];
});

app.orchestration('WaitGo', function* ({ df }) {
  df.setCustomStatus('waiting');
  const value = yield df.waitForExternalEvent('Go');
  return yield df.callActivity('Echo', value);
});

app.orchestration('Child', function* ({ df }) {
  return { child: yield df.callActivity('Echo', df.getInput()), parent: df.parentInstanceId };
});

app.orchestration('SubOk', function* ({ df }) {
  return yield df.callSubOrchestrator('Child', { n: 1 });
});

app.orchestration('SubWithId', function* ({ df }) {
  return yield df.callSubOrchestrator('Child', 'x', `${df.instanceId}-kid`);
});

app.orchestration('SubThenThrow', function* ({ df }) {
  yield df.callSubOrchestrator('Child', 1);
  throw new Error('after the child');
});

app.orchestration('ParentOfWait', function* ({ df }) {
  return yield df.callSubOrchestrator('WaitGo', null, `${df.instanceId}-kid`);
});

app.orchestration('Loop', function* ({ df }) {
  const state = df.getInput();
  state.got.push(yield df.waitForExternalEvent('Item'));
  yield df.callActivity('Echo', state.got.length);
  if (state.got.length >= 3) return state.got;
  df.continueAsNew(state);
});

app.orchestration('LoopTimer', function* (context) {
  const { df } = context;
  const { n } = df.getInput();
  df.setCustomStatus(`round ${n}`);
  yield df.createTimer(after(context, 500));
  if (n >= 2) return n;
  df.continueAsNew({ n: n + 1 });
});

app.orchestration('CustomStatus', function* ({ df }) {
  df.setCustomStatus('text');
  yield df.callActivity('Echo', 1);
  df.setCustomStatus({ done: 1, of: 2 });
  yield df.callActivity('Echo', 2);
  df.setCustomStatus(null);
  yield df.waitForExternalEvent('Go');
  df.setCustomStatus([1, 2]);
  return 'end';
});

app.orchestration('BigStatus', function* ({ df }) {
  df.setCustomStatus('x'.repeat(df.getInput()));
  return yield df.callActivity('Echo', 1);
});

app.orchestration('BigPayload', function* ({ df }) {
  const result = yield df.callActivity('Echo', 'y'.repeat(df.getInput()));
  return result.length;
});

app.orchestration('Http', function* ({ df }) {
  const answer = yield df.callHttp(df.getInput());
  return {
    status: answer.statusCode,
    content: answer.content,
    h: Object.keys(answer.headers ?? {}).length > 0,
  };
});

/** Not deterministic, on purpose: another activity in every turn but the first. */
app.orchestration('Drift', function* ({ df }) {
  const turn = countCall(`drift-${df.instanceId}`);
  return yield df.callActivity(turn === 1 ? 'Echo' : 'Hello', 'x');
});
