import { describe, expect, it } from 'vitest';
import { readAnswer } from '../../../../local/host/durable/engine/orchestratorCall.ts';
import { addDecision, nothingOutgoing } from '../../../../local/host/durable/engine/outgoing.ts';
import type { ExecutionStarted } from '../../../../local/host/durable/history/events.ts';
import { toWire } from '../../../../local/host/durable/history/wire.ts';
import { replay, type ReplayResult } from '../../../../local/host/durable/replay/replay.ts';
import { fromWire } from '../support/fromWire.ts';
import {
  instancesOf,
  readRecording,
  recordingNames,
  type RecordedTurn,
  type WireEvent,
} from '../support/recordings.ts';

const unknownNames = ['DoesNotExist', 'NoSuchFunction'];
const functions = {
  hasActivity: (name: string) => !unknownNames.includes(name),
  hasOrchestrator: (name: string) => !unknownNames.includes(name),
};

const executionIdOf = (turn: RecordedTurn): string => {
  const started = turn.input.history.find(({ EventType }) => EventType === 0);
  return (started?.['OrchestrationInstance'] as { ExecutionId: string }).ExecutionId;
};

const replayTurn = (turn: RecordedTurn): ReplayResult =>
  replay({
    events: turn.input.history.map(fromWire),
    answer: readAnswer(
      turn.exception === undefined
        ? { ok: true, returnValue: { json: JSON.stringify(turn.output) }, outputData: [] }
        : { ok: false, message: turn.exception.message, stack: '' },
    ),
    functions,
  });

/** The events that the engine appends for a turn's decisions, in the form a function sees them. */
const appended = (turn: RecordedTurn): WireEvent[] => {
  const started = turn.input.history.map(fromWire).find(({ type }) => type === 'ExecutionStarted');
  const out = nothingOutgoing();
  for (const decision of replayTurn(turn).decisions) {
    addDecision(out, started as ExecutionStarted, decision, 0, false);
  }
  return out.events.map((event) => JSON.parse(toWire(event)) as WireEvent);
};

/** Engine times are those of another day; the ids of executions are random. */
const comparable = (event: WireEvent): object => ({ ...event, Timestamp: '' });

const isDecided = ({ EventType }: WireEvent): boolean => [4, 7, 10].includes(EventType);

/** What the genuine engine appended after a turn: the decided events at the same place of the next turn's history. */
const recordedAppended = (turn: RecordedTurn, next: RecordedTurn): WireEvent[] => {
  const rest = next.input.history.slice(turn.input.history.length);
  const end = rest.findIndex(({ EventType }) => EventType === 12);
  return rest.slice(0, end).filter(isDecided);
};

const turnPairs = (turns: readonly RecordedTurn[]): [RecordedTurn, RecordedTurn][] =>
  turns.flatMap((turn, index) => {
    const next = turns[index + 1];
    return next !== undefined && executionIdOf(turn) === executionIdOf(next) ? [[turn, next]] : [];
  });

const lastTurns = (turns: readonly RecordedTurn[]): RecordedTurn[] =>
  turns.filter((turn, index) => {
    const next = turns[index + 1];
    return next === undefined || executionIdOf(turn) !== executionIdOf(next);
  });

describe("the host's half of a recorded turn", () => {
  it.each(recordingNames())('appends the recorded events of %s', (name) => {
    for (const [, { turns }] of instancesOf(readRecording(name))) {
      for (const [turn, next] of turnPairs(turns)) {
        const ours = appended(turn).filter(isDecided);
        expect(ours.map(comparable)).toEqual(recordedAppended(turn, next).map(comparable));
      }
    }
  });

  it.each(recordingNames())('ends %s as recorded', (name) => {
    for (const [, { turns, statusWithOutputs }] of instancesOf(readRecording(name))) {
      const last = lastTurns(turns).at(-1);
      const body = statusWithOutputs.body as { runtimeStatus?: string; historyEvents?: WireEvent[] };
      if (last === undefined || body.runtimeStatus === undefined) continue;
      const ends = replayTurn(last).decisions.filter(({ kind }) => kind === 'Complete');
      const recorded = (body.historyEvents ?? []).filter(
        (event) => (event.EventType as unknown) === 'ExecutionCompleted',
      );
      expect(ends.map((end) => (end.kind === 'Complete' ? end.status : ''))).toEqual(
        recorded.map((event) => event['OrchestrationStatus']),
      );
    }
  });

  it('continues as new where the genuine engine did', () => {
    for (const name of ['loop-events', 'loop-timer']) {
      const { turns } = readRecording(name);
      for (const turn of lastTurns(turns).slice(0, -1)) {
        expect(replayTurn(turn).decisions.map(({ kind }) => kind)).toEqual(['ContinueAsNew']);
      }
    }
  });
});

describe('the trigger of a recorded turn', () => {
  it.each(recordingNames())('is written as recorded for %s', (name) => {
    for (const [, { turns }] of instancesOf(readRecording(name))) {
      for (const { input } of turns) {
        expect(input.history.map((event) => JSON.parse(toWire(fromWire(event))) as unknown)).toEqual(
          input.history,
        );
      }
    }
  });
});
