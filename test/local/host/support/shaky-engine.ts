import { createChaos } from '../../../../local/host/chaos/chaos.ts';
import { seededRandom, shuffled } from '../../../../local/host/chaos/random.ts';
import type { Clock } from '../../../../local/host/clock.ts';
import { zeroCounts } from '../../../../local/host/counters.ts';
import { runActivity } from '../../../../local/host/durable/engine/activities.ts';
import type { EngineDeps } from '../../../../local/host/durable/engine/deps.ts';
import { takeTurn } from '../../../../local/host/durable/engine/turn.ts';
import type { ExecutionStarted } from '../../../../local/host/durable/history/events.ts';
import { fromMs, toMs } from '../../../../local/host/durable/time.ts';
import { defaultLimits } from '../../../../local/host/durable/replay/execution.ts';
import { createLog } from '../../../../local/host/log.ts';
import { apply } from '../../../../local/host/store/apply.ts';
import { snapshot } from '../../../../local/host/store/hub-store.ts';
import type { HubRecord, NewTimer, PendingTask } from '../../../../local/host/store/records.ts';
import { emptyHub, isFinished, type HubState, type Instance } from '../../../../local/host/store/state.ts';
import type { FunctionsWorker } from '../../../../local/host/worker/app.ts';
import { createDispatch } from '../../../../local/host/worker/dispatch.ts';
import { tabulate } from '../../../../local/host/worker/functions.ts';
import { T0 } from './histories.ts';
import { eventNames, type Program } from './programs.ts';

const rebuild = (records: readonly HubRecord[]): HubState => {
  const state = emptyHub();
  for (const record of records) apply(state, record);
  return state;
};

const copy = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value)) as Value;

export interface ShakyOutcome {
  readonly instance: Instance;
  readonly crashes: number;
}

/** Steps after which a run counts as stuck. */
const PATIENCE = 5000;

/**
 * Runs a program with the engine's turns and the published SDK, but in an order of its own: any message, activity or
 * timer may come next, messages come in pieces and out of order, results come twice, and now and then the process
 * "dies" between two commits and goes on from its records, or from a snapshot of them.
 */
export const runShakily = async (
  worker: FunctionsWorker,
  program: Program,
  seed: number,
): Promise<ShakyOutcome> => {
  const random = seededRandom(seed);
  const chance = (probability: number): boolean => random() < probability;
  let records: HubRecord[] = [];
  let state = emptyHub();
  let crashes = 0;
  let nowMs = Date.parse(T0);
  const clock: Clock = {
    now: () => nowMs,
    offsetMs: 0,
    canMove: false,
    advance: () => undefined,
    dispose: () => undefined,
  };

  const functions = tabulate(worker.functions);
  const deps: EngineDeps = {
    store: {
      get state() {
        return state;
      },
      commit: () => Promise.reject(new Error('commits are made by hand')),
      close: () => Promise.resolve(),
    },
    functions,
    dispatch: createDispatch({ worker, clientBinding: () => '{}', timeoutMs: undefined }),
    settings: {
      hubName: 'Hub',
      maxConcurrentActivityFunctions: 1,
      maxConcurrentOrchestratorFunctions: 1,
      defaultVersion: undefined,
      limits: defaultLimits,
    },
    clock,
    chaos: createChaos({}),
    counts: zeroCounts(),
    log: createLog('none', () => undefined),
  };

  const crash = (): void => {
    crashes += 1;
    if (chance(0.3)) records = copy([...snapshot(state)]);
    state = rebuild(records);
  };
  const commit = (record: HubRecord): void => {
    if (chance(0.1)) {
      crash();
      return;
    }
    records.push(copy(record));
    apply(state, record);
    if (chance(0.05)) crash();
  };

  /** Some of what waits, completions among them in any order. */
  const batchOf = ({ inbox }: Instance) => {
    const size = 1 + Math.floor(random() * inbox.length);
    const events = inbox.filter(
      ({ event }) => event.type === 'ExecutionStarted' || event.type === 'EventRaised',
    );
    const others = shuffled(
      inbox.filter((message) => !events.includes(message)),
      random,
    );
    return [...events, ...others].slice(0, size);
  };

  const turn = async (instance: Instance): Promise<void> => {
    commit(await takeTurn(deps, instance, batchOf(instance)));
  };

  const finish = async (task: PendingTask): Promise<void> => {
    const event = await runActivity(deps, task);
    if (event === undefined) throw new Error('the activity was lost');
    const { key, instanceId: id, executionId } = task;
    const record: HubRecord = { k: 'done', key, id, executionId, event };
    commit(record);
    if (chance(0.1)) commit(record);
  };

  const fire = (instance: Instance, { timerId, createdAt, fireAt }: NewTimer): void => {
    nowMs = Math.max(nowMs, toMs(fireAt));
    instance.inbox.push({
      number: -1,
      timerId,
      executionId: instance.started.executionId,
      event: { type: 'TimerFired', at: createdAt, timerId, fireAt },
    });
  };

  const raiseAll = (): void => {
    for (const { id } of [...state.instances.values()].filter((instance) => !isFinished(instance))) {
      for (const name of eventNames) {
        const at = fromMs(nowMs);
        commit({ k: 'message', id, event: { type: 'EventRaised', at, name, input: JSON.stringify(name) } });
      }
    }
  };

  const possibilities = (): (() => Promise<void> | void)[] => {
    const found: (() => Promise<void> | void)[] = [...state.tasks.values()].map((task) => () => finish(task));
    for (const instance of state.instances.values()) {
      if (instance.inbox.length > 0) found.push(() => turn(instance));
      for (const timer of instance.timers.values()) {
        const fired = instance.inbox.some(({ timerId }) => timerId === timer.timerId);
        if (!fired) found.push(() => fire(instance, timer));
      }
    }
    return found;
  };

  const event: ExecutionStarted = {
    type: 'ExecutionStarted',
    at: fromMs(nowMs),
    name: 'Program',
    instanceId: 'root',
    executionId: 'first',
    input: JSON.stringify(program),
  };
  records.push(copy({ k: 'start', event }));
  apply(state, { k: 'start', event });

  for (let step = 0; step < PATIENCE; step += 1) {
    const root = state.instances.get('root');
    if (root !== undefined && isFinished(root)) return { instance: root, crashes };
    const found = possibilities();
    const chosen = found[Math.floor(random() * found.length)];
    if (chosen === undefined || chance(0.05)) raiseAll();
    else await chosen();
  }
  throw new Error('The program does not end.');
};
