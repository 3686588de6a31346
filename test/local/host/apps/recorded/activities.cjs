'use strict';
const { app } = require('durable-functions');

/** How often an activity was asked under a key: for those that fail a number of times first. */
const calls = new Map();
const countCall = (key) => {
  const count = (calls.get(key) ?? 0) + 1;
  calls.set(key, count);
  return count;
};

app.activity('Hello', { handler: (name) => `Hello ${name}!` });
app.activity('Echo', { handler: (value) => value });
app.activity('Nothing', { handler: () => undefined });
app.activity('Boom', {
  handler: (value) => {
    throw new Error(`boom ${typeof value === 'string' ? value : JSON.stringify(value)}`);
  },
});
app.activity('FailTimes', {
  handler: ({ key, times }) => {
    const attempt = countCall(key);
    if (attempt <= times) throw new Error(`attempt ${attempt} failed`);
    return { attempt };
  },
});
app.activity('Outcome', {
  handler: ({ key, times }) => {
    const n = countCall(key);
    return n <= times ? { ok: false, code: 503, n } : { ok: true, n };
  },
});

module.exports = { countCall };
