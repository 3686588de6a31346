import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { names } from '../../functions/durable/names.ts';
import { loadApp } from '../../local/host/worker/app.ts';
import { readGolden, scenarios } from './histories.ts';

const calledIn = (output: unknown): string[] =>
  [...JSON.stringify(output).matchAll(/"functionName":"([^"]+)"/g)].map(([, name = '']) => name);

describe('names that the engine looks up', () => {
  it('are all registered: an unknown activity would leave a job running for ever, without an error', async () => {
    const { functions } = await loadApp(join(import.meta.dirname, '../..'), () => undefined);
    const registered = functions.map(({ name }) => name);
    const used = scenarios.flatMap(readGolden).flatMap(({ output }) => calledIn(output));
    expect(registered).toEqual(
      expect.arrayContaining([
        names.systemJobOrchestrator,
        names.postMessageActivity,
        names.endpointRecoveryOrchestrator,
        names.recoverEndpointActivity,
        names.operationOrchestrator,
        names.operationStepActivity,
        ...used,
      ]),
    );
    expect(used.length).toBeGreaterThan(0);
  });
});
