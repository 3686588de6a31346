import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Golden histories: what the engine showed the workflow turn by turn, and what it answered. A workflow that answers
 * differently now breaks the jobs that are in flight at the next deployment. UPDATE_GOLDEN=1 records them anew.
 */
export interface GoldenTurn {
  readonly input: Record<string, unknown> & { readonly history: unknown[] };
  readonly output: unknown;
}

const recoveryScenarios = ['recoveryRests', 'recoveryProbes', 'recoveryDrains', 'recoveryWoken'] as const;

const jobScenarios = [
  'succeeds',
  'suspends',
  'retries',
  'woken',
  'faults',
  'unrecorded',
  'heardWhileRunning',
  'continues',
] as const;

const operationScenarios = [
  'operationEnds',
  'operationWoken',
  'operationFaults',
  'operationContinues',
] as const;

export const scenarios = [...jobScenarios, ...recoveryScenarios, ...operationScenarios] as const;

const isOfRecovery = (scenario: string): boolean =>
  (recoveryScenarios as readonly string[]).includes(scenario);

const isOfOperation = (scenario: string): boolean =>
  (operationScenarios as readonly string[]).includes(scenario);

/** The orchestrator that a scenario is about. */
export const orchestratorOf = (scenario: string): string => {
  if (isOfOperation(scenario)) return 'operationOrchestrator';
  return isOfRecovery(scenario) ? 'endpointRecoveryOrchestrator' : 'systemJobOrchestrator';
};

/** What its instance is started with. */
export const inputOf = (scenario: string): object => {
  if (isOfOperation(scenario)) return { faults: 0 };
  return isOfRecovery(scenario) ? { endpoint: scenario, faults: 0 } : { attempt: 1, faults: 0 };
};

export const fileOf = (scenario: string): string => join(import.meta.dirname, 'data', `${scenario}.json`);

export const readGolden = (scenario: string): GoldenTurn[] =>
  JSON.parse(readFileSync(fileOf(scenario), 'utf8')) as GoldenTurn[];
