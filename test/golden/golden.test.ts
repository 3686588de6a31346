import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { eventTypeNumbers } from '../../local/host/durable/history/wire.ts';
import { loadApp, type FunctionsWorker } from '../../local/host/worker/app.ts';
import type { InvocationRequest, InvocationResult } from '../../local/host/worker/coreTypes.ts';
import { repositoryRoot } from '../../local/process/programs.ts';
import { startTestHost } from '../support/hosts.ts';
import { watchedWorker } from '../support/watchedWorker.ts';
import { fileOf, inputOf, orchestratorOf, readGolden, scenarios, type GoldenTurn } from './histories.ts';

const appFolder = join(import.meta.dirname, 'app');

const triggerText = (request: InvocationRequest): string =>
  request.inputData.map(({ data }) => (data !== undefined && 'string' in data ? data.string : '')).join('');

const outputOf = (result: InvocationResult): unknown =>
  result.ok ? JSON.parse(result.returnValue?.json ?? 'null') : { failed: result.message };

/** Runs a scenario on a host whose time is skipped, and keeps the turns of the workflow. */
const record = async (scenario: string): Promise<GoldenTurn[]> => {
  const { load, seen } = watchedWorker();
  const isWoken = scenario.toLowerCase().endsWith('woken');
  const host = await startTestHost({ app: appFolder, skipTime: !isWoken }, load);
  const orchestrator = orchestratorOf(scenario);
  const id = `${scenario}-golden`;
  await host.api('POST', `orchestrators/${orchestrator}/${id}`, inputOf(scenario));
  await host.control.whenIdle();
  if (isWoken) {
    await host.api('POST', `instances/${id}/raiseEvent/wake`, {});
    await host.control.whenIdle();
  }
  await host.stop();
  return seen
    .filter((invocation) => invocation.function === orchestrator)
    .map(({ request, result }) => ({
      input: JSON.parse(triggerText(request)) as GoldenTurn['input'],
      output: outputOf(result),
    }));
};

if (process.env['UPDATE_GOLDEN'] !== undefined)
  describe('recording', () => {
    it.each(scenarios)('%s', async (scenario) => {
      mkdirSync(dirname(fileOf(scenario)), { recursive: true });
      const recorded = `${JSON.stringify(await record(scenario), undefined, 1)}\n`;
      // Stack traces name files: where they lay is nobody's business.
      writeFileSync(fileOf(scenario), recorded.replaceAll(repositoryRoot, '/app'));
    });
  });

describe('the workflows of what is in flight', () => {
  let worker: FunctionsWorker;
  beforeAll(async () => {
    worker = await loadApp(appFolder, () => undefined);
  });

  const answer = async (scenario: string, input: unknown): Promise<unknown> => {
    const orchestrator = orchestratorOf(scenario);
    const trigger = worker.functions.find(({ name }) => name === orchestrator);
    const [binding = ''] = Object.keys(trigger?.bindings ?? {});
    const inputData = [{ name: binding, data: { string: JSON.stringify(input) } }];
    return outputOf(await worker.invoke({ invocationId: 'i', functionId: orchestrator, inputData }));
  };

  it.each(scenarios)('answers every turn of the golden history "%s" as it did', async (scenario) => {
    const turns = readGolden(scenario);
    expect(turns.length).toBeGreaterThanOrEqual(2);
    for (const { input, output } of turns) expect(await answer(scenario, input)).toEqual(output);
  });

  it.each(scenarios)(
    'answers the same twice, and a longer history with what it answered to a shorter one and more (%s)',
    async (scenario) => {
      let before: { execution: string; actions: unknown[] } | undefined;
      for (const { input } of readGolden(scenario)) {
        const first = (await answer(scenario, input)) as { actions: unknown[][] };
        expect(await answer(scenario, input)).toEqual(first);
        const execution = /"ExecutionId":"([^"]+)"/.exec(JSON.stringify(input.history))?.[1] ?? '';
        const actions = first.actions
          .flat()
          .map((action) => JSON.stringify(action).replace('"isCanceled":true', '"isCanceled":false'));
        if (before?.execution === execution)
          expect(actions.slice(0, before.actions.length)).toEqual(before.actions);
        before = { execution, actions };
      }
    },
  );

  it.each([
    ['continues', 12],
    ['recoveryDrains', 14],
    ['operationContinues', 9],
  ] as const)(
    'continue as new in the golden history "%s", so that generations are covered',
    (scenario, count) => {
      const executions = new Set(
        readGolden(scenario).map(
          ({ input }) => /"ExecutionId":"([^"]+)"/.exec(JSON.stringify(input.history))?.[1],
        ),
      );
      expect(executions.size).toBe(count);
    },
  );

  it('hear a wake-up that comes while an activity runs, also behind a wait that ran its time (S-5, S-7)', () => {
    const [last] = readGolden('heardWhileRunning').slice(-1);
    const types = (last?.input.history as { EventType: number }[]).map(({ EventType }) => EventType);
    expect(types).toContain(eventTypeNumbers.EventRaised);
    expect(types).not.toContain(eventTypeNumbers.TimerFired);
  });
});
