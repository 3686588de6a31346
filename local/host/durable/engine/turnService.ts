import type { Latency } from '../../chaos/latency.ts';
import type { Effects } from '../../store/apply.ts';
import type { HubRecord } from '../../store/records.ts';
import type { Instance, Message } from '../../store/state.ts';
import type { EngineDeps } from './deps.ts';
import { limitedQueue } from './limitedQueue.ts';
import { takeTurn, TurnLost } from './turn.ts';

/** Gives instances with messages their turns, one at a time for each instance. */
export interface TurnService {
  wake(id: string): void;
  readonly busy: number;
  stop(): void;
}

const isCompletion = ({ event }: Message): boolean =>
  event.type === 'TaskCompleted' ||
  event.type === 'TaskFailed' ||
  event.type === 'SubOrchestrationInstanceCompleted' ||
  event.type === 'SubOrchestrationInstanceFailed';

/** The messages of a turn; completions may be handed over in another order than they came. */
const shuffleCompletions = (deps: EngineDeps, batch: readonly Message[]): readonly Message[] => {
  if (deps.chaos.config.shuffleCompletions !== true) return batch;
  const completions = deps.chaos.shuffle(batch.filter(isCompletion));
  return [...batch.filter((message) => !isCompletion(message)), ...completions];
};

export const turnService = (
  deps: EngineDeps,
  commit: (record: HubRecord) => Promise<Effects>,
  latency: Latency,
  quiet: () => void,
): TurnService => {
  const { store, chaos, counts, settings, log } = deps;
  /** Instances that have a turn or wait for one; true when something came in meanwhile. */
  const active = new Map<string, boolean>();

  const attempt = async (instance: Instance): Promise<void> => {
    const batch = shuffleCompletions(deps, [...instance.inbox]);
    if (batch.length === 0) return;
    const occurrence = { instanceId: instance.id, function: instance.started.name };
    counts.episodes += 1;
    const record = await takeTurn(deps, instance, batch);
    if (chaos.abortsTurn(occurrence)) throw new TurnLost('aborted on purpose');
    chaos.deathPoint('turn:before-commit', occurrence);
    await commit(record);
    chaos.deathPoint('turn:after-commit', occurrence);
  };

  const run = async (id: string): Promise<void> => {
    active.set(id, false);
    const instance = store.state.instances.get(id);
    try {
      if (instance !== undefined) await attempt(instance);
    } catch (error) {
      if (!(error instanceof TurnLost)) throw error;
      log('warning', 'Host.Triggers.DurableTask', `Instance ${id}: the turn runs again (${error.message}).`);
      active.set(id, true);
    }
    const again = active.get(id) === true;
    active.delete(id);
    if (again) wakeNow(id);
  };

  const queue = limitedQueue(settings.maxConcurrentOrchestratorFunctions, run, quiet);

  const wakeNow = (id: string): void => {
    if (active.has(id)) {
      active.set(id, true);
      return;
    }
    active.set(id, true);
    queue.push(id);
  };

  return {
    wake: (id) => latency.pass(() => wakeNow(id)),
    get busy() {
      return queue.size;
    },
    stop: queue.stop,
  };
};
