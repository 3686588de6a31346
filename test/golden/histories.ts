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

export const scenarios = [
  'succeeds',
  'suspends',
  'retries',
  'woken',
  'faults',
  'unrecorded',
  'continues',
] as const;

export const fileOf = (scenario: string): string => join(import.meta.dirname, 'data', `${scenario}.json`);

export const readGolden = (scenario: string): GoldenTurn[] =>
  JSON.parse(readFileSync(fileOf(scenario), 'utf8')) as GoldenTurn[];
