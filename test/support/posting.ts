import { failure, type Delivery } from '../../shared/delivery/delivery.ts';
import type { FailureCode } from '../../shared/delivery/failureCatalogue.ts';
import type { NotificationFilter, ServiceEndpoint } from '../../shared/endpoint/serviceEndpoint.ts';
import { emptyGateMemory, gatekeeper } from '../../shared/gate/gatekeeper.ts';
import { postMessage, type PostMessageDependencies } from '../../shared/job/postMessage.ts';
import type { DeliveredAttempt, PostOutcome } from '../../shared/job/postOutcome.ts';
import type { SystemJob } from '../../shared/job/systemJob.ts';
import type { MessageTools } from '../../shared/message/buildMessage.ts';
import { contextEncoder } from '../../shared/message/encodeContext.ts';
import type { OutgoingMessage } from '../../shared/message/outgoingMessage.ts';
import { acceptedAt, jobWith, later } from './jobs.ts';
import { memoryEndpointStore } from './memoryEndpointStore.ts';
import { memoryJobStore } from './memoryJobStore.ts';

/** Lets everything pass. */
export const noFilter: NotificationFilter = { messages: [], tables: [], stages: [], changedColumns: [] };

export const endpointWith = (changes: Partial<ServiceEndpoint> = {}): ServiceEndpoint => ({
  name: 'orders',
  contract: 'queue',
  connection: 'ServiceBusConnection',
  path: 'dataverse-events',
  messageFormat: 'json',
  userClaim: 'userId',
  retry: { firstDelaySeconds: 5, factor: 2, longestDelaySeconds: 3600, totalHours: 24, maxAttempts: 1000 },
  drainPerMinute: 600,
  filter: noFilter,
  oversize: 'strip',
  tier: 'standard',
  aliases: false,
  columns: [],
  ...changes,
});

export const delivered: Delivery = { kind: 'delivered' };

export const failedWith = (code: FailureCode): Delivery => failure(code, `test: ${code}`);

/** A clock that stands still until a test moves it. */
export const testClock = (start: Date = later(acceptedAt, 10)) => {
  let time = start;
  return {
    now: () => time,
    move: (ms: number) => {
      time = later(time, ms);
    },
  };
};

/** Contexts that were left aside, in memory. */
const memoryClaims = () => {
  const stored = new Map<string, Uint8Array>();
  return {
    stored,
    referenceOf: (name: string) => `memory:${name}`,
    put: async (name: string, body: Uint8Array): Promise<void> => {
      stored.set(name, body);
    },
  };
};

/** What building a message needs, for tests. */
export const messageTools: MessageTools = {
  encode: contextEncoder({}),
  referenceOf: (name) => `memory:${name}`,
};

/** The post activity over the store in memory, with a receiver that answers as a test says. */
export const postingRig = (job: SystemJob = jobWith(), endpoint: ServiceEndpoint | null = endpointWith()) => {
  const store = memoryJobStore();
  const clock = testClock();
  const sent: OutgoingMessage[] = [];
  const timers: (() => void)[] = [];
  const missing: string[] = [];
  const woken: string[] = [];
  const claims = memoryClaims();
  const endpoints = memoryEndpointStore();
  const gate = gatekeeper({
    store: endpoints,
    memory: emptyGateMemory(),
    now: clock.now,
    elapsedMs: () => clock.now().getTime(),
    recover: async () => undefined,
    changed: () => undefined,
    failed: (_endpoint, error) => {
      throw error;
    },
  });
  let answer: (message: OutgoingMessage) => Promise<Delivery> | Delivery = () => delivered;
  const deps: PostMessageDependencies = {
    store,
    endpointNamed: () => endpoint ?? undefined,
    encode: contextEncoder({}),
    claims,
    publisherFor: () => ({
      publish: async (message) => {
        sent.push(message);
        return answer(message);
      },
    }),
    gate,
    identityOf: ({ connection }) => `the key of ${connection}`,
    now: clock.now,
    after: (_ms, call) => {
      timers.push(call);
      return () => timers.splice(timers.indexOf(call), 1);
    },
    attemptFinished: () => undefined,
    jobMissing: (id) => missing.push(id),
    wake: async (job) => woken.push(job.id) > 0,
  };
  return {
    store,
    clock,
    sent,
    claims,
    endpoints,
    gate,
    /** Ids of jobs that were looked for in vain. */
    missing,
    /** Ids of jobs whose workflow was woken. */
    woken,
    /** Calls that wait for a slow send. */
    timers,
    deps,
    receiverAnswers: (next: typeof answer) => {
      answer = next;
    },
    accept: () => store.insert(job, new TextEncoder().encode('{}')),
    run: (attempt: number, delivered?: DeliveredAttempt): Promise<PostOutcome> =>
      postMessage(deps)({ jobId: job.id, attempt, ...(delivered === undefined ? {} : { delivered }) }),
    job: async (): Promise<SystemJob> => {
      const stored = await store.read(job.id);
      if (stored === undefined) throw new Error('The job is gone.');
      return stored.job;
    },
    change: async (changes: Partial<SystemJob>): Promise<void> => {
      const stored = await store.read(job.id);
      if (stored !== undefined) await store.update(stored, { ...stored.job, ...changes });
    },
  };
};

export type PostingRig = ReturnType<typeof postingRig>;
