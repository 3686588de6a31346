'use strict';
const { app } = require('@azure/functions');

const log = [];
globalThis.webHooks = log;
app.hook.appStart((context) => log.push(`start with ${Object.keys(context.hookData).length} data`));
app.hook.appTerminate(() => log.push('terminate'));
app.hook.preInvocation((context) => {
  const { invocationContext, inputs } = context;
  if (invocationContext.functionName !== 'hooked') return;
  context.hookData.before = inputs[0].query.get('n');
  context.inputs = [{ text: () => Promise.resolve('swapped') }];
  const handler = context.functionHandler;
  context.functionHandler = async (...args) => `${await handler(...args)} and wrapped`;
});
app.hook.postInvocation((context) => {
  if (context.invocationContext.functionName !== 'hooked') return;
  context.result = { body: `${context.result} after ${context.hookData.before}` };
});

app.http('hooked', { methods: ['GET'], authLevel: 'anonymous', handler: (request) => request.text() });
