// The product's own orchestrators as they were built, over activities that answer by script: the part of the instance id
// before the first hyphen names the script, or the endpoint does.
import * as df from 'durable-functions';
import '../../../dist/functions/endpointRecoveryOrchestrator.js';
import '../../../dist/functions/systemJobOrchestrator.js';
import '../../../dist/functions/operationOrchestrator.js';

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

/** Somebody wakes the workflow while the activity runs. */
const wakingItself = (answer) => async (attempt, wake) => {
  await wake();
  return answer(attempt);
};

const scripts = {
  succeeds: [() => succeeded],
  suspends: [() => ({ kind: 'rested', status: 'Suspended' })],
  retries: [retryIn(5), retryIn(10), () => succeeded],
  woken: [retryIn(3600), () => succeeded],
  faults: [throws, retryIn(5), throws, () => succeeded],
  unrecorded: [unrecorded, throws, () => succeeded],
  heardWhileRunning: [retryIn(5), wakingItself(retryIn(3600)), () => succeeded],
  continues: [...Array.from({ length: 11 }, () => retryIn(60)), () => succeeded],
};

const againIn = (seconds) => () => ({
  kind: 'again',
  dueOn: new Date(Date.now() + seconds * 1000).toISOString(),
});
const rested = () => ({ kind: 'rested', because: 'test' });

const recoveries = {
  recoveryRests: [rested],
  recoveryProbes: [againIn(30), throws, againIn(10), throws, throws, rested],
  recoveryDrains: [...Array.from({ length: 13 }, () => againIn(5)), rested],
  recoveryWoken: [againIn(900), rested],
};

const calls = new Map();

/** Which call this is, for a name; from 0. */
const nextCall = (name) => {
  const step = calls.get(name) ?? 0;
  calls.set(name, step + 1);
  return step;
};

df.app.activity('postMessageActivity', {
  extraInputs: [df.input.durableClient()],
  handler: ({ jobId, attempt }, context) =>
    scripts[jobId.split('-')[0]][nextCall(jobId)](attempt, () =>
      df.getClient(context).raiseEvent(jobId, 'wake', {}),
    ),
});

df.app.activity('recoverEndpointActivity', {
  handler: ({ endpoint }) => recoveries[endpoint][nextCall(endpoint)](),
});

const again = () => ({ kind: 'again' });
const over = () => ({ kind: 'over' });

const operations = {
  operationEnds: [again, againIn(10), again, over],
  operationWoken: [againIn(3600), over],
  operationFaults: [throws, throws, again, throws, over],
  operationContinues: [...Array.from({ length: 22 }, (_, n) => (n % 3 === 0 ? againIn(2) : again)), over],
};

df.app.activity('operationStepActivity', {
  handler: ({ operationId }) => operations[operationId.split('-')[0]][nextCall(operationId)](),
});
