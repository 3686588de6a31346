'use strict';
const { appendFileSync } = require('node:fs');
const functions = require('@azure/functions');
const { app } = require('durable-functions');

/** What was done, for a reader in another process. */
const note = (line) => appendFileSync(process.env.NOTES, `${line}\n`);

app.activity('Note', {
  handler: (line) => {
    note(line);
    return line;
  },
});

app.orchestration('Steps', function* ({ df: context }) {
  const done = [];
  for (const step of context.getInput()) done.push(yield context.callActivity('Note', step));
  return done;
});

/** A bit of everything that has to survive: steps, an event, a child, a timer, a second generation. */
app.orchestration('Everything', function* ({ df: context }) {
  const id = context.instanceId;
  const { got } = context.getInput();
  if (got !== undefined) {
    const soon = new Date(context.currentUtcDateTime.getTime() + 3_600_000);
    yield context.createTimer(soon);
    return [...got, yield context.callActivity('Note', `${id}-late`)];
  }
  const first = yield context.callActivity('Note', `${id}-first`);
  context.setCustomStatus('waiting');
  const event = yield context.waitForExternalEvent('Go');
  const [kid] = yield context.callSubOrchestrator('Steps', [`${id}-kid`], `${id}-kid`);
  context.continueAsNew({ got: [first, event, kid] });
});

/** Ends its process the first time. */
app.activity('Exit', {
  handler: (line) => {
    note(`${line}-${process.pid}`);
    const { readFileSync } = require('node:fs');
    const tries = readFileSync(process.env.NOTES, 'utf8').split(line).length - 1;
    if (tries === 1) process.exit(3);
    return tries;
  },
});
app.orchestration('Exits', function* ({ df: context }) {
  return yield context.callActivity('Exit', context.instanceId);
});
app.orchestration('ExitsItself', function* ({ df: context }) {
  const { readFileSync } = require('node:fs');
  note(context.instanceId);
  if (readFileSync(process.env.NOTES, 'utf8').split(context.instanceId).length === 2) process.exit(3);
  return yield context.callActivity('Note', 'after');
});

let calls = 0;
functions.app.http('calls', {
  methods: ['GET'],
  authLevel: 'anonymous',
  handler: () => {
    calls += 1;
    return { jsonBody: { pid: process.pid, calls } };
  },
});
functions.app.http('exit', { methods: ['GET'], authLevel: 'anonymous', handler: () => process.exit(3) });
functions.app.http('endless', {
  methods: ['GET'],
  authLevel: 'anonymous',
  handler: () => new Promise(() => undefined),
});
functions.app.http('slow', {
  methods: ['GET'],
  authLevel: 'anonymous',
  handler: async () => {
    note('slow starts');
    await new Promise((resolve) => setTimeout(resolve, 300));
    return { body: 'done' };
  },
});
app.activity('Time', { handler: () => new Date().toISOString() });
app.orchestration('Later', function* ({ df: context }) {
  yield context.createTimer(new Date(context.currentUtcDateTime.getTime() + 86_400_000));
  const engine = context.currentUtcDateTime.toISOString();
  return { engine, activity: yield context.callActivity('Time') };
});
functions.app.hook.appTerminate(() => note('terminated'));
