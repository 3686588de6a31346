'use strict';
const { app, RetryOptions } = require('durable-functions');

app.activity('Echo', { handler: (value) => value });

const attempts = new Map();
app.activity('Flaky', {
  handler: ({ key, failures, value }) => {
    const attempt = (attempts.get(key) ?? 0) + 1;
    attempts.set(key, attempt);
    if (attempt <= failures) throw new Error(`attempt ${attempt}`);
    return value;
  },
});
app.activity('Broken', {
  handler: () => {
    throw new Error('never');
  },
});

const later = (context, seconds) => new Date(context.currentUtcDateTime.getTime() + seconds * 1000);

/** One task for one leaf of a program. */
const taskOf = (context, leaf) => {
  switch (leaf.kind) {
    case 'call':
      return context.callActivity('Echo', leaf.value);
    case 'flaky': {
      const { key, failures, value } = leaf;
      return context.callActivityWithRetry('Flaky', new RetryOptions(1000, failures + 1), {
        key,
        failures,
        value,
      });
    }
    case 'sleep':
      return context.createTimer(later(context, leaf.seconds));
    case 'event':
      return context.waitForExternalEvent(leaf.name);
    case 'sub':
      return context.callSubOrchestrator('Program', { steps: leaf.steps, rounds: 1 });
    default:
      throw new Error(`no such leaf: ${leaf.kind}`);
  }
};

const valueOf = (leaf, result) => (leaf.kind === 'sleep' ? 'slept' : result);

function* run(context, step) {
  switch (step.kind) {
    case 'all': {
      const results = yield context.Task.all(step.leaves.map((leaf) => taskOf(context, leaf)));
      return results.map((result, index) => valueOf(step.leaves[index], result));
    }
    case 'any': {
      yield context.Task.any(step.leaves.map((leaf) => taskOf(context, leaf)));
      return 'any';
    }
    case 'broken':
      try {
        yield context.callActivityWithRetry('Broken', new RetryOptions(1000, 2), null);
        return 'healed';
      } catch {
        return 'broken';
      }
    case 'status':
      context.setCustomStatus(step.value);
      return 'told';
    default:
      return valueOf(step, yield taskOf(context, step));
  }
}

/** Runs a program that its input holds; in several rounds, each one continued as new. */
app.orchestration('Program', function* ({ df: context }) {
  const { steps, rounds, done = [] } = context.getInput();
  for (const step of steps) done.push(yield* run(context, step));
  if (rounds <= 1) return done;
  context.continueAsNew({ steps, rounds: rounds - 1, done });
});
