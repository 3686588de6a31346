'use strict';
const { app } = require('@azure/functions');

/** What each timer was given, for the test in the same process. */
const runs = [];
globalThis.timerRuns = runs;
const timer = (name, options) =>
  app.timer(name, { ...options, handler: (info) => void runs.push({ name, info }) });

timer('hourly', { schedule: '%HOURLY%' });
timer('atStart', { schedule: '0 0 3 * * *', runOnStartup: true });
timer('unmonitored', { schedule: '0 30 * * * *', useMonitor: false });
timer('often', { schedule: '*/10 * * * * *' });
app.timer('failing', {
  schedule: '0 0 4 * * *',
  handler: () => {
    runs.push({ name: 'failing' });
    throw new Error('timer failed');
  },
});
