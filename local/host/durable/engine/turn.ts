import type { Instance, Message } from '../../store/state.ts';
import type { RuntimeStatus, TurnRecord } from '../../store/records.ts';
import type { ExecutionStarted, HistoryEvent } from '../history/events.ts';
import { markPlayed, toWireList } from '../history/wire.ts';
import type { OrchestratorAnswer } from '../replay/answer.ts';
import type { Decision } from '../replay/decision.ts';
import { replay } from '../replay/replay.ts';
import type { EngineDeps } from './deps.ts';
import { readAnswer, triggerText, unknownOrchestrator } from './orchestratorCall.ts';
import { addDecision, engineExecutionId, nothingOutgoing, type Outgoing } from './outgoing.ts';
import { fromMs } from '../time.ts';

/** An execution while its turn runs: what was stored, and what this turn adds in front of its own decisions. */
interface Generation {
  readonly started: ExecutionStarted;
  readonly past: readonly HistoryEvent[];
  readonly pastWire: string;
  readonly fresh: readonly HistoryEvent[];
  /** True from the second generation on: the history starts over. */
  readonly reset: boolean;
}

/** Thrown when the worker died or ran out of time: nothing is stored and the turn runs again. */
export class TurnLost extends Error {}

const nowIso = ({ clock }: EngineDeps): string => fromMs(clock.now());

const firstGeneration = (deps: EngineDeps, instance: Instance, batch: readonly Message[]): Generation => ({
  started: instance.started,
  past: instance.history,
  pastWire: instance.wire,
  fresh: [{ type: 'OrchestratorStarted', at: nowIso(deps) }, ...batch.map(({ event }) => event)],
  reset: false,
});

type Continuation = Extract<Decision, { kind: 'ContinueAsNew' }>;

/** A continued execution starts with its OrchestratorCompleted already there. Source: TaskOrchestrationDispatcher. */
const nextGeneration = (deps: EngineDeps, { started }: Generation, decision: Continuation): Generation => {
  const at = nowIso(deps);
  const { name, instanceId, version, parent } = started;
  const next: ExecutionStarted = {
    type: 'ExecutionStarted',
    at,
    name,
    instanceId,
    executionId: engineExecutionId(),
    input: decision.input,
    ...(version === undefined ? {} : { version }),
    ...(parent === undefined ? {} : { parent }),
  };
  const fresh: HistoryEvent[] = [
    { type: 'OrchestratorStarted', at },
    next,
    ...decision.carryOver,
    { type: 'OrchestratorCompleted', at },
  ];
  return { started: next, past: [], pastWire: '', fresh, reset: true };
};

const callFunction = async (deps: EngineDeps, generation: Generation): Promise<OrchestratorAnswer> => {
  const { started, pastWire, fresh } = generation;
  const hosted = deps.functions.orchestrators.get(started.name.toLowerCase());
  if (hosted === undefined) return unknownOrchestrator(started.name, deps.functions);
  deps.counts.turns += 1;
  const text = triggerText(started, pastWire, fresh, deps.settings.limits.httpPollMs);
  const result = await deps.dispatch(hosted, { string: text });
  if (!result.ok && (result.lost === true || result.timedOut === true)) throw new TurnLost(result.message);
  return readAnswer(result);
};

interface Generated {
  readonly decisions: readonly Decision[];
  readonly customStatus: string | null;
}

/** Children without a version get the default one, as orchestrations that a client starts do. */
const withDefaultVersion = ({ settings }: EngineDeps, decision: Decision): Decision => {
  const { defaultVersion: version } = settings;
  const isMeant = decision.kind === 'CreateSubOrchestration' && decision.version === undefined;
  return isMeant && version !== undefined ? { ...decision, version } : decision;
};

const runGeneration = async (deps: EngineDeps, generation: Generation): Promise<Generated> => {
  const { functions, settings, log } = deps;
  const answer = await callFunction(deps, generation);
  const { decisions, customStatus, warnings } = replay({
    events: [...generation.past, ...generation.fresh],
    answer,
    functions: {
      hasActivity: (name) => functions.activities.has(name.toLowerCase()),
      hasOrchestrator: (name) => functions.orchestrators.has(name.toLowerCase()),
    },
    limits: settings.limits,
  });
  for (const warning of warnings) {
    log('error', 'Host.Triggers.DurableTask', `Instance ${generation.started.instanceId}: ${warning}`);
  }
  return { decisions: decisions.map((decision) => withDefaultVersion(deps, decision)), customStatus };
};

const statusAfter = (instance: Instance, fresh: readonly HistoryEvent[], out: Outgoing): RuntimeStatus => {
  const completed = out.events.find((event) => event.type === 'ExecutionCompleted');
  if (completed !== undefined) return completed.status;
  let suspended = instance.status === 'Suspended';
  for (const { type } of fresh) {
    if (type === 'ExecutionSuspended') suspended = true;
    else if (type === 'ExecutionResumed') suspended = false;
  }
  return suspended ? 'Suspended' : 'Running';
};

const endsWithCompletion = (events: readonly HistoryEvent[]): boolean =>
  events.at(-1)?.type === 'OrchestratorCompleted';

const recordOf = (
  deps: EngineDeps,
  instance: Instance,
  batch: readonly Message[],
  generation: Generation,
  out: Outgoing,
  customStatus: string | null,
): TurnRecord => {
  const at = nowIso(deps);
  const events: HistoryEvent[] = [...generation.fresh.map(markPlayed), ...out.events];
  if (!endsWithCompletion(events)) events.push({ type: 'OrchestratorCompleted', at });
  deps.counts.historyEvents += events.length;
  deps.counts.historyCharacters += toWireList(events).length;
  const { tasks, timers, starts, sends } = out;
  return {
    k: 'turn',
    id: instance.id,
    executionId: generation.started.executionId,
    taken: batch.filter(({ timerId }) => timerId === undefined).map(({ number }) => number),
    fired: batch.flatMap(({ timerId }) => (timerId === undefined ? [] : [timerId])),
    events,
    reset: generation.reset,
    status: statusAfter(instance, generation.fresh, out),
    customStatus,
    at,
    tasks,
    timers,
    starts,
    sends,
  };
};

/**
 * One orchestration work item: calls the function with the messages of the batch, replays its answer, and goes on at
 * once with the next generation when the orchestration continues as new. Changes nothing; the record says what to
 * change. Source: DurableTask.Core `TaskOrchestrationDispatcher.OnProcessWorkItemAsync`.
 *
 * @throws TurnLost when the turn has to run again.
 */
export const takeTurn = async (
  deps: EngineDeps,
  instance: Instance,
  batch: readonly Message[],
): Promise<TurnRecord> => {
  let generation = firstGeneration(deps, instance, batch);
  let carriedStatus: string | null = null;
  for (;;) {
    const { decisions, customStatus } = await runGeneration(deps, generation);
    const out = nothingOutgoing();
    const punctual = deps.chaos.config.punctualTimers === true;
    for (const decision of decisions)
      addDecision(out, generation.started, decision, deps.clock.now(), punctual);
    const continuation = decisions.find((decision) => decision.kind === 'ContinueAsNew');
    if (continuation === undefined) {
      return recordOf(deps, instance, batch, generation, out, customStatus ?? carriedStatus);
    }
    carriedStatus = customStatus ?? carriedStatus;
    generation = nextGeneration(deps, generation, continuation);
  }
};
