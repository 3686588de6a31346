// The product's own orchestrator as it was built, over an activity that answers by script: the part of the instance id
// before the first hyphen names the script.
import * as df from 'durable-functions';
import '../../../dist/functions/systemJobOrchestrator.js';

const succeeded = { kind: 'rested', status: 'Succeeded' };
const retryIn = (seconds) => (attempt) => ({
  kind: 'retryLater',
  dueOn: new Date(Date.now() + seconds * 1000).toISOString(),
  attempt: attempt + 1,
});
const throws = () => {
  throw new Error('storage is away');
};

const unrecorded = (attempt) => {
  const now = new Date().toISOString();
  const delivered = { attempt, startedOn: now, endedOn: now, delivery: { kind: 'delivered' } };
  return { kind: 'unrecorded', delivered };
};

const scripts = {
  succeeds: [() => succeeded],
  suspends: [() => ({ kind: 'rested', status: 'Suspended' })],
  retries: [retryIn(5), retryIn(10), () => succeeded],
  woken: [retryIn(3600), () => succeeded],
  faults: [throws, retryIn(5), throws, () => succeeded],
  unrecorded: [unrecorded, throws, () => succeeded],
  continues: [...Array.from({ length: 11 }, () => retryIn(60)), () => succeeded],
};

const calls = new Map();

df.app.activity('postMessageActivity', {
  handler: ({ jobId, attempt }) => {
    const step = calls.get(jobId) ?? 0;
    calls.set(jobId, step + 1);
    return scripts[jobId.split('-')[0]][step](attempt);
  },
});
