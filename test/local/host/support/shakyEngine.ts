import { createChaos } from '../../../../local/host/chaos/chaos.ts';
import { seededRandom, shuffled } from '../../../../local/host/chaos/random.ts';
import { zeroCounts } from '../../../../local/host/counters.ts';
import { runActivity } from '../../../../local/host/durable/engine/activities.ts';
import type { EngineDeps } from '../../../../local/host/durable/engine/deps.ts';
import { takeTurn } from '../../../../local/host/durable/engine/turn.ts';
import { defaultLimits } from '../../../../local/host/durable/replay/execution.ts';
import { toMs } from '../../../../local/host/durable/time.ts';
import { createLog } from '../../../../local/host/log.ts';
import type { HubRecord, NewTimer, PendingTask } from '../../../../local/host/store/records.ts';
import { isFinished, type Instance, type Message } from '../../../../local/host/store/state.ts';
import type { FunctionsWorker } from '../../../../local/host/worker/app.ts';
import { createDispatch } from '../../../../local/host/worker/dispatch.ts';
import { tabulate } from '../../../../local/host/worker/functions.ts';
import { raised, started, T0 } from './histories.ts';
import { eventNames, type Program } from './programs.ts';
import { createShakyHub, type ShakyHub } from './shakyHub.ts';

type Random = () => number;

/** Something that may happen next. */
type Move = () => Promise<void> | void;

interface World {
  readonly hub: ShakyHub;
  readonly deps: EngineDeps;
  readonly random: Random;
  /** The time, in milliseconds. It goes on only where a timer needs it. */
  nowMs: number;
}

const createWorld = (worker: FunctionsWorker, first: HubRecord, random: Random): World => {
  const hub = createShakyHub(first, random);
  const now = (): number => world.nowMs;
  const deps: EngineDeps = {
    store: hub.store,
    functions: tabulate(worker.functions),
    dispatch: createDispatch({ worker, clientBinding: () => '{}', timeoutMs: undefined }),
    settings: {
      hubName: 'Hub',
      maxConcurrentActivityFunctions: 1,
      maxConcurrentOrchestratorFunctions: 1,
      defaultVersion: undefined,
      limits: defaultLimits,
    },
    clock: { now, offsetMs: 0, canMove: false, advance: () => undefined, dispose: () => undefined },
    chaos: createChaos({}),
    counts: zeroCounts(),
    log: createLog('none', () => undefined),
  };
  const world: World = { hub, deps, random, nowMs: Date.parse(T0) };
  return world;
};

const keepsItsPlace = ({ event }: Message): boolean =>
  event.type === 'ExecutionStarted' || event.type === 'EventRaised';

/** Some of what waits, completions among it in any order. */
const batchOf = ({ inbox }: Instance, random: Random): Message[] => {
  const size = 1 + Math.floor(random() * inbox.length);
  const mixed = shuffled(
    inbox.filter((message) => !keepsItsPlace(message)),
    random,
  );
  return [...inbox.filter(keepsItsPlace), ...mixed].slice(0, size);
};

const turn = async ({ hub, deps, random }: World, instance: Instance): Promise<void> => {
  hub.commit(await takeTurn(deps, instance, batchOf(instance, random)));
};

/** Reports the end of an activity, now and then twice. */
const finish = async ({ hub, deps, random }: World, task: PendingTask): Promise<void> => {
  const event = await runActivity(deps, task);
  if (event === undefined) throw new Error('The activity was lost.');
  const { key, instanceId: id, executionId } = task;
  const record: HubRecord = { k: 'done', key, id, executionId, event };
  hub.commit(record);
  if (random() < 0.1) hub.commit(record);
};

const fire = (world: World, instance: Instance, { timerId, createdAt, fireAt }: NewTimer): void => {
  world.nowMs = Math.max(world.nowMs, toMs(fireAt));
  instance.inbox.push({
    number: -1,
    timerId,
    executionId: instance.started.executionId,
    event: { type: 'TimerFired', at: createdAt, timerId, fireAt },
  });
};

const raiseAll = ({ hub }: World): void => {
  for (const { id } of [...hub.store.state.instances.values()].filter((instance) => !isFinished(instance))) {
    for (const name of eventNames) hub.commit({ k: 'message', id, event: raised(name, name) });
  }
};

const movesOf = (world: World): Move[] => {
  const { tasks, instances } = world.hub.store.state;
  const moves: Move[] = [...tasks.values()].map((task) => () => finish(world, task));
  for (const instance of instances.values()) {
    if (instance.inbox.length > 0) moves.push(() => turn(world, instance));
    const fired = new Set(instance.inbox.map(({ timerId }) => timerId));
    for (const timer of instance.timers.values()) {
      if (!fired.has(timer.timerId)) moves.push(() => fire(world, instance, timer));
    }
  }
  return moves;
};

export interface ShakyOutcome {
  readonly instance: Instance;
  readonly crashes: number;
}

/** Moves after which a run counts as stuck. */
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
  const event = started({ name: 'Program', instanceId: 'root', input: JSON.stringify(program) });
  const world = createWorld(worker, { k: 'start', event }, random);
  for (let move = 0; move < PATIENCE; move += 1) {
    const root = world.hub.store.state.instances.get('root');
    if (root !== undefined && isFinished(root)) return { instance: root, crashes: world.hub.crashes() };
    const moves = movesOf(world);
    const chosen = moves[Math.floor(random() * moves.length)];
    if (chosen === undefined || random() < 0.05) raiseAll(world);
    else await chosen();
  }
  throw new Error('The program does not end.');
};
